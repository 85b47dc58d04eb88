import type { GoldenRecord } from '#server/catalog/contract.ts';
import { EntityActions } from '#web/actions/entity-actions.tsx';
import { EntityPage as CatalogEntityPage } from '#web/catalog/entity/entity-page.tsx';
import { isOwnable } from '#web/kit/ownable.ts';
import { EntityOwnershipSection } from '#web/ownership/entity-ownership.tsx';
import { TeamOverview } from '#web/ownership/team-overview.tsx';

const lead = ({ row }: GoldenRecord) =>
  row.kind.toLowerCase() === 'group' && <TeamOverview entityRef={row.ref} />;
const side = ({ row }: GoldenRecord) => (
  <>
    <EntityActions entityRef={row.ref} />
    {isOwnable(row.kind) && <EntityOwnershipSection entityRef={row.ref} title={row.title ?? row.name} />}
  </>
);

/** The page of an entity, with what each part of the portal says of it. */
export function EntityPage() {
  return <CatalogEntityPage slots={{ lead, side }} />;
}
