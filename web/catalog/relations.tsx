import type { GoldenRecord } from '#server/catalog/contract.ts';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { messages } from '#web/kit/messages.ts';
import styles from './catalog.module.css';

type Related = GoldenRecord['related'][number];

const order = Object.keys(messages.entity.relation);

export function relationLabel(relation: string): string {
  return messages.entity.relation[relation] ?? relation;
}

export function groupRelated(related: readonly Related[]): [string, Related[]][] {
  const groups = new Map<string, Related[]>();
  for (const one of related) groups.set(one.relation, [...(groups.get(one.relation) ?? []), one]);
  const place = (relation: string) => (order.includes(relation) ? order.indexOf(relation) : order.length);
  return [...groups].sort(([a], [b]) => place(a) - place(b) || a.localeCompare(b));
}

const SHOWN = 24;
const SHOWN_SHORT = 5;

/** Everything that it is tied to, by the kind of tie. */
export function Relations({ related, short }: { related: readonly Related[]; short?: boolean }) {
  const groups = groupRelated(related.filter((one) => one.relation !== 'ownedBy'));
  if (groups.length === 0) return <p className={styles.quiet}>{messages.entity.noRelations}</p>;
  const limit = short ? SHOWN_SHORT : SHOWN;
  return (
    <dl className={styles.relations}>
      {groups.map(([relation, members]) => (
        <div key={relation}>
          <dt>{relationLabel(relation)}</dt>
          <dd>
            <ul>
              {members.slice(0, limit).map((one) => (
                <li key={one.ref}>
                  <EntityLink entityRef={one.ref} kind={one.kind} type={one.type} title={one.title} glyph />
                  {!one.exists && <span className={styles.warn}>{messages.entity.missing}</span>}
                  {!short && one.description && <span className={styles.hint}>{one.description}</span>}
                </li>
              ))}
              {members.length > limit && (
                <li className={styles.quiet}>{messages.entity.more(members.length - limit)}</li>
              )}
            </ul>
          </dd>
        </div>
      ))}
    </dl>
  );
}
