import { Button } from '@mantine/core';
import { useState } from 'react';
import { useListKeys } from '#web/kit/list-keys.ts';
import { messages } from '#web/kit/messages.ts';
import { ErrorState } from '#web/kit/states.tsx';
import { useUrl } from '#web/kit/url.ts';
import type { DecideBody, ReviewItem } from '../queries.ts';
import { Discovery } from './discovery.tsx';
import { MergeDialog } from './merge-dialog.tsx';
import styles from './review.module.css';
import { useDecide } from './use-decide.ts';

const text = messages.review;

interface BulkProps {
  all: boolean;
  onAll: () => void;
  selected: number;
  onDecide: (decision: 'accept' | 'ignore') => void;
}

function BulkBar({ all, onAll, selected, onDecide }: BulkProps) {
  return (
    <div className={styles.bulk}>
      <label>
        <input type="checkbox" checked={all} onChange={onAll} />{' '}
        {selected > 0 ? text.selected(selected) : text.selectAll}
      </label>
      {selected > 0 && (
        <>
          <Button variant="filled" h={28} onClick={() => onDecide('accept')}>
            {text.acceptAll(selected)}
          </Button>
          <Button h={28} onClick={() => onDecide('ignore')}>
            {text.ignoreAll(selected)}
          </Button>
        </>
      )}
      <span className={styles.keys}>{text.keys}</span>
    </div>
  );
}

/** The queue by mouse or by keyboard; the one that is looked at is in the address. */
export function Queue({ items }: { items: readonly ReviewItem[] }) {
  const url = useUrl();
  const decide = useDecide();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [merging, setMerging] = useState<ReviewItem>();
  const found = items.findIndex((item) => item.row.ref === url.one('at'));
  const active = found === -1 ? 0 : found;
  const chosen = items.filter((item) => selected.has(item.row.ref)).map((item) => item.row.ref);
  const refAt = (index: number) => items[index]?.row.ref ?? '';
  const move = (index: number) => {
    url.set({ at: refAt(index) });
    document.getElementById(`discovery-${index}`)?.focus();
  };
  const act = (body: DecideBody) => {
    const next = items.find((item, index) => index > active && !body.refs.includes(item.row.ref));
    decide.mutate(body);
    setSelected(new Set());
    url.set({ at: next?.row.ref });
  };
  const toggle = (ref: string) =>
    setSelected(
      (before) => new Set(before.has(ref) ? [...before].filter((one) => one !== ref) : [...before, ref]),
    );
  const decideAt = (decision: 'accept' | 'ignore') => (index: number) =>
    act({ refs: chosen.length > 0 ? chosen : [refAt(index)], decision });
  const onKeyDown = useListKeys({
    size: items.length,
    active,
    onMove: move,
    keys: {
      a: decideAt('accept'),
      i: decideAt('ignore'),
      m: (index) => setMerging(items[index]),
      x: (index) => toggle(refAt(index)),
    },
  });
  const all = chosen.length === items.length;
  return (
    <section aria-label={text.list} onKeyDown={onKeyDown} className={styles.queue}>
      <BulkBar
        all={all}
        selected={chosen.length}
        onAll={() => setSelected(new Set(all ? [] : items.map((item) => item.row.ref)))}
        onDecide={(decision) => act({ refs: chosen, decision })}
      />
      {decide.error && <ErrorState error={decide.error} />}
      <ul>
        {items.map((item, index) => (
          <Discovery
            key={item.row.ref}
            item={item}
            index={index}
            open={index === active}
            selected={selected.has(item.row.ref)}
            onOpen={() => url.set({ at: item.row.ref })}
            onSelect={() => toggle(item.row.ref)}
            onDecide={(decision) => act({ refs: [item.row.ref], decision })}
            onMerge={() => setMerging(item)}
          />
        ))}
      </ul>
      {merging && (
        <MergeDialog
          item={merging}
          onClose={() => setMerging(undefined)}
          onMerge={(into) => {
            setMerging(undefined);
            act({ refs: [merging.row.ref], decision: 'merge', mergeInto: into });
          }}
        />
      )}
    </section>
  );
}
