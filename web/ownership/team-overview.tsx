import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { PartyList } from '#web/kit/party.tsx';
import { Load } from '#web/kit/states.tsx';
import { DebtList } from './debt-list.tsx';
import { OnCallSection } from './on-call.tsx';
import { teamQuery } from './queries.ts';
import { RequestItem } from './request-item.tsx';

const text = messages.ownership;

/** What is special about a team, on its page: who is on call, what waits for it, what it owes. */
export function TeamOverview({ entityRef }: { entityRef: string }) {
  const team = useQuery(teamQuery(entityRef));
  return (
    <Load query={team} rows={4}>
      {(data) => (
        <>
          <OnCallSection onCall={data.onCall} />
          {data.requests.length > 0 && (
            <Section title={text.mine.decide}>
              {data.requests.map((request) => (
                <RequestItem key={request.id} request={request} />
              ))}
            </Section>
          )}
          {data.debt.items.length > 0 && (
            <Section
              title={text.debt.title}
              more={
                <Link to="/debt" search={{ owner: entityRef }}>
                  {text.debt.link} →
                </Link>
              }
            >
              <DebtList items={data.debt.items} brief />
            </Section>
          )}
          {data.people.length > 0 && (
            <Section title={text.team.people}>
              <PartyList parties={data.people} />
            </Section>
          )}
        </>
      )}
    </Load>
  );
}
