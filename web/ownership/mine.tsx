import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { momentOf } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { useSession } from '#web/kit/session.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { DebtList } from './debt-list.tsx';
import styles from './ownership.module.css';
import { type Mine, mineQuery } from './queries.ts';
import { RequestItem } from './request-item.tsx';

const text = messages.ownership;
const DEBTS_SHOWN = 5;

function Owns({ data }: { data: Mine }) {
  const all = (
    <Link to="/catalog" search={{ owner: data.groups.map(({ ref }) => ref) }}>
      {text.mine.all} →
    </Link>
  );
  return (
    <Section title={text.mine.owns(data.ownsTotal)} more={data.ownsTotal > data.owns.length && all}>
      {data.owns.length === 0 && <p className={styles.quiet}>{text.mine.nothing}</p>}
      <ul className={styles.owns}>
        {data.owns.map((item) => (
          <li key={item.ref}>
            <EntityLink entityRef={item.ref} kind={item.kind} type={item.type} title={item.title} glyph />
            <span className={styles.end}>
              {item.problems > 0 && <Status tone="bad">{messages.entity.problem(item.problems)}</Status>}
              {item.freshness !== 'fresh' && (
                <Status tone="warn">
                  {messages.freshness[item.freshness as keyof typeof messages.freshness]}
                </Status>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Sections({ data }: { data: Mine }) {
  return (
    <>
      {data.onCall.map(({ group, until }) => (
        <p key={group.ref} className={styles.onCallNow}>
          <Status tone="warn">{text.onCall.mine(group.title)}</Status>{' '}
          {until && (
            <span className={styles.quiet}>
              {text.until} {momentOf(until)}
            </span>
          )}
        </p>
      ))}
      {data.toDecide.length > 0 && (
        <Section title={text.mine.decide}>
          {data.toDecide.map((request) => (
            <RequestItem key={request.id} request={request} />
          ))}
        </Section>
      )}
      {data.groups.length === 0 ? (
        <EmptyState title={text.mine.noGroups} hint={text.mine.noGroupsHint} />
      ) : (
        <Owns data={data} />
      )}
      {data.debts.length > 0 && (
        <Section title={text.mine.debts} more={<Link to="/debt">{text.debt.link} →</Link>}>
          <DebtList items={data.debts.slice(0, DEBTS_SHOWN)} brief />
        </Section>
      )}
      {data.asked.length > 0 && (
        <Section title={text.mine.asked}>
          {data.asked.map((request) => (
            <RequestItem key={request.id} request={request} />
          ))}
        </Section>
      )}
    </>
  );
}

/** What concerns whoever looks, before anything else. Nothing for the one person of a local portal. */
export function MineSections() {
  const ref = useSession()?.principal.ref;
  const mine = useQuery({ ...mineQuery(), enabled: Boolean(ref) });
  if (!ref) return null;
  return (
    <Load query={mine} rows={4}>
      {(data) => <Sections data={data} />}
    </Load>
  );
}
