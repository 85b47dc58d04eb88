import { Button } from '@mantine/core';
import { messages } from './messages.ts';
import styles from './pager.module.css';
import { useUrl } from './url.ts';

const text = messages.kit.pager;

/** Where a list begins by the address: counted from 0. */
export function useOffset(): number {
  const url = useUrl();
  return Math.max(0, Number(url.one('offset') ?? 0) || 0);
}

interface Props {
  offset: number;
  /** How many the list has, and how many of them stand here. */
  total: number;
  shown: number;
  /** How many a page has. */
  size: number;
}

/** Steps through a long list; the page is part of the address. Nothing where one page holds all. */
export function Pager({ offset, total, shown, size }: Props) {
  const url = useUrl();
  if (total <= size && offset === 0) return null;
  const move = (to: number) => url.set({ offset: to > 0 ? String(to) : undefined }, { push: true });
  return (
    <div className={styles.pager}>
      <Button disabled={offset === 0} onClick={() => move(offset - size)}>
        {text.previous}
      </Button>
      <Button disabled={offset + shown >= total} onClick={() => move(offset + size)}>
        {text.next}
      </Button>
      {shown > 0 && <span className={styles.pages}>{text.shown(offset + 1, offset + shown, total)}</span>}
    </div>
  );
}
