import { lazy, Suspense } from 'react';
import type { GoldenRecord } from '#server/catalog/contract.ts';
import { EntityActions } from '#web/actions/entity-actions.tsx';
import { EntityPage as CatalogEntityPage } from '#web/catalog/entity/entity-page.tsx';
import { messages } from '#web/kit/messages.ts';
import { isOwnable } from '#web/kit/ownable.ts';
import { EntityOwnershipSection } from '#web/ownership/entity-ownership.tsx';
import { TeamOverview } from '#web/ownership/team-overview.tsx';
import { StandardLink } from '#web/scorecards/standard-link.tsx';

const EntityScorecards = lazy(() =>
  import('#web/scorecards/entity-scorecards.tsx').then((module) => ({ default: module.EntityScorecards })),
);
const TeamScoresSections = lazy(() =>
  import('#web/scorecards/team-scores.tsx').then((module) => ({ default: module.TeamScoresSections })),
);

const EntityDocs = lazy(() =>
  import('#web/docs/entity-docs.tsx').then((module) => ({ default: module.EntityDocs })),
);

const standards = new Set(['scorecard', 'campaign']);

const lead = ({ row }: GoldenRecord) =>
  row.kind.toLowerCase() === 'group' && (
    <>
      <Suspense fallback={null}>
        <TeamScoresSections entityRef={row.ref} />
      </Suspense>
      <TeamOverview entityRef={row.ref} />
    </>
  );
const side = ({ row }: GoldenRecord) => (
  <>
    {standards.has(row.kind.toLowerCase()) && <StandardLink entityRef={row.ref} />}
    <EntityActions entityRef={row.ref} />
    {isOwnable(row.kind) && <EntityOwnershipSection entityRef={row.ref} title={row.title ?? row.name} />}
  </>
);

/** Those about which nobody writes pages. */
const undocumented = new Set(['user', 'location', 'scorecard', 'campaign']);

const docsTab = ({ row }: GoldenRecord) =>
  undocumented.has(row.kind.toLowerCase())
    ? []
    : [{ id: 'docs', label: messages.shell.docs, content: <EntityDocs entityRef={row.ref} /> }];

const tabs = (record: GoldenRecord) => {
  const { row } = record;
  const judged = isOwnable(row.kind) && !standards.has(row.kind.toLowerCase());
  const scorecards = {
    id: 'scorecards',
    label: messages.shell.scorecards,
    content: <EntityScorecards entityRef={row.ref} />,
  };
  return [...docsTab(record), ...(judged ? [scorecards] : [])];
};

/** The page of an entity, with what each part of the portal says of it. */
export function EntityPage() {
  return <CatalogEntityPage slots={{ lead, side, tabs }} />;
}
