import { useQuery } from '@tanstack/react-query';
import { approvalsQuery } from '#web/actions/queries.ts';
import { RunApprovals } from '#web/actions/run-approvals.tsx';
import { messages } from '#web/kit/messages.ts';
import { PageHead, Section } from '#web/kit/page-head.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import { requestsQuery } from '#web/ownership/queries.ts';
import { OwnershipRequests } from '#web/ownership/requests.tsx';
import { ExemptionList } from '#web/scorecards/exemption-item.tsx';
import { exemptionsQuery } from '#web/scorecards/queries.ts';

const text = messages.ownership.approvals;
type Waiting = 'open' | 'decided';

function Lists({ state }: { state: Waiting }) {
  const requests = useQuery(requestsQuery(state));
  const approvals = useQuery(approvalsQuery(state));
  const exemptions = useQuery(exemptionsQuery(state === 'open' ? { state: 'asked' } : {}));
  const ofRules =
    exemptions.data?.items.filter(({ decidedAt }) => state === 'open' || decidedAt !== null) ?? [];
  return (
    <Load query={requests}>
      {(ofOwnership) => (
        <Load query={approvals}>
          {(ofRuns) =>
            ofOwnership.items.length + ofRuns.items.length + ofRules.length === 0 ? (
              <EmptyState
                title={state === 'open' ? text.empty : text.noDecided}
                {...(state === 'open' && { hint: text.emptyHint })}
              />
            ) : (
              <>
                {ofRuns.items.length > 0 && (
                  <Section title={text.runs}>
                    <RunApprovals approvals={ofRuns.items} />
                  </Section>
                )}
                {ofOwnership.items.length > 0 && (
                  <Section title={text.ownership}>
                    <OwnershipRequests requests={ofOwnership} />
                  </Section>
                )}
                {ofRules.length > 0 && (
                  <Section title={messages.shell.exemptions}>
                    <ExemptionList items={ofRules} />
                  </Section>
                )}
              </>
            )
          }
        </Load>
      )}
    </Load>
  );
}

/** What waits for a decision, and what was decided. */
export function ApprovalsPage() {
  const url = useUrl();
  const state: Waiting = url.one('state') === 'decided' ? 'decided' : 'open';
  const waiting = [
    useQuery(requestsQuery('open')).data,
    useQuery(approvalsQuery('open')).data,
    useQuery(exemptionsQuery({ state: 'asked' })).data,
  ];
  const count = waiting.reduce((sum, list) => sum + (list?.items.length ?? 0), 0);
  const tabs = [
    { id: 'open', label: text.open },
    { id: 'decided', label: text.decided },
  ] as const;
  return (
    <>
      <PageHead title={text.title} facts={state === 'open' && <span>{text.facts(count)}</span>} />
      <Tabs
        label={text.states}
        tabs={tabs}
        value={state}
        onChange={(id) => url.set({ state: id === 'open' ? undefined : id }, { push: true })}
      >
        <Lists state={state} />
      </Tabs>
    </>
  );
}
