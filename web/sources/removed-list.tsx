import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { KindGlyph } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { refName } from '#web/kit/ref.ts';
import { Load } from '#web/kit/states.tsx';
import { Time } from '#web/kit/time.tsx';
import { type Removed, removedQuery, restore } from './queries.ts';
import styles from './sources.module.css';

const text = messages.sources;

function RemovedItem({ item }: { item: Removed['items'][number] }) {
  const client = useQueryClient();
  const undo = useMutation({
    mutationFn: () => restore([item.ref]),
    onSuccess: () => client.invalidateQueries(),
  });
  return (
    <li className={styles.removed}>
      <KindGlyph kind={item.kind} />
      <span className={styles.strong}>{refName(item.ref)}</span>
      <span className={styles.quiet}>
        <code>{item.path ?? item.source}</code> · <Time at={item.at} /> · {text.until}{' '}
        <Time at={item.until} />
      </span>
      <Button
        h={28}
        className={styles.act ?? ''}
        aria-label={`${text.undo}: ${refName(item.ref)}`}
        loading={undo.isPending}
        leftSection={<Undo2 size={13} aria-hidden="true" />}
        onClick={() => undo.mutate()}
      >
        {undo.error ? undo.error.message : text.undo}
      </Button>
    </li>
  );
}

/** What left lately, and the way back. */
export function RemovedList() {
  const removed = useQuery(removedQuery());
  return (
    <Load query={removed} rows={2}>
      {({ items }) =>
        items.length === 0 ? (
          <p className={styles.quiet}>{text.noRemoved}</p>
        ) : (
          <ul>
            {items.map((item) => (
              <RemovedItem key={item.ref} item={item} />
            ))}
          </ul>
        )
      }
    </Load>
  );
}
