import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { Section } from '#web/kit/page-head.tsx';
import { Reserved } from '#web/kit/reserved.tsx';
import { useSession } from '#web/kit/session.ts';
import { LevelChangeList } from './changes.tsx';
import { ExemptionList } from './exemption-item.tsx';
import { changesQuery, exemptionsQuery } from './queries.ts';

const SHOWN = 5;
const MOST_GROUPS = 8;

/** What of one's own rose and fell, newest first. */
function useMyChanges() {
  const session = useSession();
  const principal = session?.principal;
  const owners = principal?.ref ? [principal.ref, ...principal.groups].slice(0, MOST_GROUPS) : [];
  const found = useQueries({ queries: owners.map((owner) => changesQuery({ owner, limit: SHOWN })) });
  const items = found
    .flatMap(({ data }) => data?.items ?? [])
    .toSorted((a, b) => b.at.localeCompare(a.at))
    .slice(0, SHOWN);
  return { items, waiting: session === undefined || found.some(({ isPending }) => isPending) };
}

/** On one's home page: exemptions to decide on, and levels that changed. Nothing where there is neither. */
export function MyStandards() {
  const { items: changes, waiting } = useMyChanges();
  const asked = useQuery(exemptionsQuery({ state: 'asked' }));
  const mine = asked.data?.items.filter(({ mayDecide }) => mayDecide) ?? [];
  return (
    <Reserved name="home-standards" waiting={waiting || asked.isPending}>
      {mine.length > 0 && (
        <Section title={text.mine.decide} more={<Link to="/scorecards/exemptions">{text.exemptions} →</Link>}>
          <ExemptionList items={mine.slice(0, SHOWN)} />
        </Section>
      )}
      {changes.length > 0 && (
        <Section title={text.mine.changes} more={<Link to="/scorecards">{text.title} →</Link>}>
          <LevelChangeList items={changes} />
        </Section>
      )}
    </Reserved>
  );
}
