import { useNavigate } from '@tanstack/react-router';
import type { MouseEvent } from 'react';
import { cx } from '#web/kit/cx.ts';
import { goTo, targetIn } from '../article/open-target.ts';
import type { DocPage } from '../queries.ts';
import styles from './contents.module.css';
import { useCurrentHeading } from './use-current-heading.ts';

const DEEPEST = 3;

interface Props {
  headings: DocPage['headings'];
  onGo?: () => void;
}

const isPlain = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** The headings of the page; where one reads is marked. */
export function ContentsList({ headings, onGo }: Props) {
  const navigate = useNavigate();
  const shown = headings.filter(({ level }) => level > 1 && level <= DEEPEST);
  const current = useCurrentHeading(shown);
  if (shown.length === 0) return null;
  const go = (event: MouseEvent, id: string) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    onGo?.();
    void navigate({ to: '.', hash: id, search: true, resetScroll: false } as never);
    // The address may point there already.
    const article = document.querySelector('[data-article]');
    const target = article && targetIn(article, id);
    if (target) requestAnimationFrame(() => goTo(target));
  };
  return (
    <ul className={styles.contents}>
      {shown.map(({ id, level, text }) => (
        <li key={id}>
          <a
            href={`#${encodeURIComponent(id)}`}
            className={cx(styles.heading, level > 2 && styles.deep, id === current && styles.current)}
            aria-current={id === current ? 'location' : undefined}
            data-heading={id}
            onClick={(event) => go(event, id)}
          >
            {text}
          </a>
        </li>
      ))}
    </ul>
  );
}
