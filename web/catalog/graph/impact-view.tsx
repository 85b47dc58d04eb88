import { useQuery } from '@tanstack/react-query';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { count } from '#web/kit/format.ts';
import { mailHref } from '#web/kit/href.ts';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { refName } from '#web/kit/ref.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { type Impact, impactQuery } from '../queries.ts';
import styles from './graph.module.css';

const text = messages.graph;

function Owners({ owners }: { owners: Impact['owners'] }) {
  return (
    <ul>
      {owners.map((owner) => (
        <li key={owner.owner ?? 'none'} className={styles.row}>
          {owner.owner ? (
            <EntityLink entityRef={owner.owner} title={owner.title} glyph />
          ) : (
            <span className={styles.warn}>{messages.kit.noOwner}</span>
          )}
          {mailHref(owner.email) && (
            <a className={styles.hint} href={mailHref(owner.email)}>
              {owner.email}
            </a>
          )}
          <span className={styles.end}>{count(owner.count)}</span>
        </li>
      ))}
    </ul>
  );
}

function Affected({ affected }: { affected: Impact['affected'] }) {
  return (
    <ul>
      {affected.map((node) => {
        const way = node.via.slice(1).filter((ref) => ref !== node.ref);
        return (
          <li key={node.ref} className={styles.row}>
            <span className={styles.distance} title={text.away(node.distance)}>
              {node.distance}
            </span>
            <EntityLink entityRef={node.ref} kind={node.kind} type={node.type} title={node.title} glyph />
            <span className={styles.hint}>
              {way.length > 0 && `${text.via} ${way.map(refName).join(' → ')}`}
            </span>
            <span className={styles.end}>
              {node.owner ? refName(node.owner) : <span className={styles.warn}>{messages.kit.noOwner}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What breaks if this does, nearest first, and whom to tell. */
export function ImpactView({ root }: { root: string }) {
  const impact = useQuery(impactQuery(root));
  return (
    <Load query={impact}>
      {(data) =>
        data.affected.length === 0 ? (
          <EmptyState title={text.breaks(0)} />
        ) : (
          <div className={styles.columns}>
            <Section title={text.breaks(data.affected.length)} more={data.truncated && text.truncated}>
              <Affected affected={data.affected} />
            </Section>
            <Section title={text.whom}>
              <Owners owners={data.owners} />
            </Section>
          </div>
        )
      }
    </Load>
  );
}
