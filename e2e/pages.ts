/** Every page of the app, as the tests visit it. */
export interface PageCase {
  name: string;
  path: string;
  /** Also looked at by `npm test`; the others by `.ci/run`. */
  brief?: true;
}

const service = '/catalog/default/component/checkout-api';
const standard = '/scorecards/atrium/production-readiness';

export const pages: readonly PageCase[] = [
  { name: 'home', brief: true, path: '/' },
  { name: 'catalog', brief: true, path: '/catalog' },
  { name: 'catalog-filtered', path: '/catalog?kind=Component&owner=none' },
  { name: 'catalog-peek', path: '/catalog?peek=component:default/checkout-api' },
  { name: 'entity', brief: true, path: service },
  { name: 'entity-dependencies', path: `${service}?tab=dependencies` },
  { name: 'entity-api', path: `${service}?tab=api` },
  { name: 'entity-sources', path: `${service}?tab=sources` },
  { name: 'entity-activity', path: `${service}?tab=activity` },
  { name: 'team', brief: true, path: '/catalog/default/group/checkout' },
  { name: 'graph', path: '/graph?root=component:default/checkout-api&depth=2' },
  { name: 'graph-list', brief: true, path: '/graph?root=component:default/checkout-api&view=list' },
  { name: 'graph-impact', path: '/graph?root=component:default/checkout-api&view=impact' },
  { name: 'graph-start', path: '/graph' },
  { name: 'teams', path: '/teams' },
  { name: 'teams-gaps', path: '/teams?tab=gaps' },
  { name: 'teams-changes', path: '/teams?tab=changes' },
  { name: 'unowned', path: '/catalog/default/component/coupon-engine' },
  { name: 'person', path: '/catalog/default/user/ana.ruiz' },
  { name: 'actions', path: '/actions' },
  { name: 'action', brief: true, path: '/actions/default/typescript-service' },
  { name: 'action-editor', path: '/actions/editor' },
  { name: 'runs', path: '/runs' },
  { name: 'leases', path: '/runs?tab=leases' },
  { name: 'approvals', path: '/approvals' },
  { name: 'debt', path: '/debt' },
  { name: 'scorecards', brief: true, path: '/scorecards' },
  { name: 'heat-map', brief: true, path: standard },
  { name: 'heat-map-then', path: `${standard}?at=2026-01-01` },
  { name: 'scorecard-entities', path: `${standard}?tab=entities&rule=readme&owner=group:default/checkout` },
  { name: 'scorecard-trend', path: `${standard}?tab=trend` },
  { name: 'scorecard-rules', path: `${standard}?tab=rules` },
  { name: 'ladders', brief: true, path: `${service}?tab=scorecards` },
  { name: 'exemptions', path: '/scorecards/exemptions' },
  {
    name: 'scorecard-editor',
    brief: true,
    path: '/scorecards/editor?on=component:default/checkout-api',
  },
  { name: 'scorecard-impact', path: '/scorecards/editor?of=scorecard:atrium/documentation&view=impact' },
  { name: 'campaigns', path: '/campaigns' },
  { name: 'settings', path: '/settings' },
  { name: 'tokens', path: '/settings?tab=tokens' },
  {
    name: 'policy',
    brief: true,
    path: '/settings?tab=policy&who=user:default/ana.ruiz&act=catalog.entity.delete&on=component:default/ledger',
  },
  { name: 'audit', path: '/settings?tab=audit' },
  { name: 'sources', path: '/sources' },
  { name: 'source', path: '/sources/sample' },
  { name: 'sources-problems', brief: true, path: '/sources?tab=problems' },
  { name: 'review', path: '/review' },
  { name: 'review-decided', path: '/review?state=decided' },
  { name: 'not-found', path: '/no/such/page' },
];
