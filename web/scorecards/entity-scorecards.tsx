import { useQuery } from '@tanstack/react-query';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { FactsSection } from './facts.tsx';
import styles from './ladder.module.css';
import { LadderSection } from './ladder.tsx';
import { exemptionsQuery, type Ladders, laddersQuery } from './queries.ts';

function LadderList({ entityRef, data }: { entityRef: string; data: Ladders }) {
  const exemptions = useQuery(exemptionsQuery({ entity: entityRef }));
  const asked = exemptions.data?.items.filter(({ state }) => state === 'asked') ?? [];
  if (data.items.length === 0) {
    return (
      <EmptyState
        title={text.entity.empty}
        hint={text.entity.emptyHint}
        action={<ButtonLink to="/scorecards">{text.entity.see}</ButtonLink>}
      />
    );
  }
  return data.items.map((ladder) => (
    <LadderSection
      key={ladder.scorecard}
      entityRef={entityRef}
      ladder={ladder}
      asked={asked.filter(({ scorecard }) => scorecard === ladder.scorecard)}
      may={{ ask: data.mayRequestExemption, owe: data.mayAddDebt }}
    />
  ));
}

/** Where a thing stands against each standard, what to do next, and all that is known of it. */
export function EntityScorecards({ entityRef }: { entityRef: string }) {
  const ladders = useQuery(laddersQuery(entityRef));
  return (
    <div className={styles.page}>
      <Load query={ladders}>{(data) => <LadderList entityRef={entityRef} data={data} />}</Load>
      <FactsSection entityRef={entityRef} />
    </div>
  );
}
