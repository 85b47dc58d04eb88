import { useQuery } from '@tanstack/react-query';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { refName } from '#web/kit/ref.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { Time } from '#web/kit/time.tsx';
import styles from './ownership.module.css';
import { gapsQuery, ownershipChangesQuery } from './queries.ts';

const text = messages.ownership;

/** What nobody who exists owns, and since when. */
export function Gaps() {
  const gaps = useQuery(gapsQuery());
  return (
    <Load query={gaps}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={text.gaps.empty} />
        ) : (
          <ul className={styles.owns}>
            {items.map((gap) => (
              <li key={gap.entity}>
                <EntityLink entityRef={gap.entity} kind={gap.kind} title={gap.entityTitle} glyph />
                <Status tone={gap.gap === 'unowned' ? 'warn' : 'bad'}>
                  {gap.owner ? text.gaps.unknown(refName(gap.owner)) : text.gaps.unowned}
                </Status>
                {gap.suggestedOwner && (
                  <span className={styles.quiet}>{text.gaps.guess(refName(gap.suggestedOwner))}</span>
                )}
                <span className={styles.end}>
                  <Time at={gap.since} prefix={text.gaps.since} />
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Load>
  );
}

/** Who passed what to whom. */
export function OwnershipChanges() {
  const changes = useQuery(ownershipChangesQuery());
  const name = (ref: string | null) => (ref ? refName(ref) : text.changes.nobody);
  return (
    <Load query={changes}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState title={text.changes.empty} />
        ) : (
          <ul className={styles.owns}>
            {items.map((change) => (
              <li key={`${change.entity} ${change.at}`}>
                <EntityLink entityRef={change.entity} title={change.entityTitle} glyph />
                <span>{text.was(name(change.before), name(change.after))}</span>
                <span className={styles.quiet}>{change.source}</span>
                <span className={styles.end}>
                  <Time at={change.at} />
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Load>
  );
}
