import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { Load } from '#web/kit/states.tsx';
import { RowState } from '../list/columns.tsx';
import { someRowsQuery } from '../queries.ts';
import styles from './entity.module.css';

const text = messages.entity;
const SHOWN = 30;

/** What a team answers for. */
export function Owned({ owner }: { owner: string }) {
  const rows = useQuery(someRowsQuery(`owner=${owner}`, SHOWN));
  const total = rows.data?.total ?? 0;
  const all = total > 0 && (
    <Link to="/catalog" search={{ owner }}>
      {text.allOwned(total)} →
    </Link>
  );
  return (
    <Section title={text.owned} more={all}>
      <Load query={rows} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{text.ownsNothing}</p>
          ) : (
            <ul>
              {items.map((row) => (
                <li key={row.ref} className={styles.ownedRow}>
                  <EntityLink entityRef={row.ref} kind={row.kind} type={row.type} title={row.title} glyph />
                  <span className={styles.hint}>{row.description}</span>
                  <span className={styles.end}>
                    <RowState row={row} />
                  </span>
                </li>
              ))}
            </ul>
          )
        }
      </Load>
    </Section>
  );
}
