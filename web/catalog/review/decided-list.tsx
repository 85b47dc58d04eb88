import { Button } from '@mantine/core';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { refName } from '#web/kit/ref.ts';
import { Time } from '#web/kit/time.tsx';
import type { Decision } from '../queries.ts';
import styles from './review.module.css';
import { useDecide } from './use-decide.ts';

const text = messages.review;

export function DecidedList({ decided }: { decided: readonly Decision[] }) {
  const decide = useDecide();
  return (
    <ul>
      {decided.map((one) => (
        <li key={one.ref} className={styles.decided}>
          <EntityLink entityRef={one.ref} glyph />
          <span className={styles.quiet}>
            {text.decision[one.decision]}
            {one.mergeInto && ` → ${refName(one.mergeInto)}`} {text.by} {one.by} · <Time at={one.at} />
          </span>
          <Button
            h={28}
            className={styles.act ?? ''}
            aria-label={`${text.reopen}: ${refName(one.ref)}`}
            onClick={() => decide.mutate({ refs: [one.ref], decision: 'reopen' })}
          >
            {text.reopen}
          </Button>
        </li>
      ))}
    </ul>
  );
}
