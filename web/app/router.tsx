import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { fromTechDocs } from '#web/docs/paths.ts';
import { parseSearch, stringifySearch, type UrlSearch } from '#web/kit/url.ts';
import { Crashed, NotFound } from './fallbacks.tsx';
import { HomePage } from './home/home-page.tsx';
import { Shell } from './shell.tsx';

interface Context {
  client: QueryClient;
}

const root = createRootRouteWithContext<Context>()({
  component: Shell,
  notFoundComponent: NotFound,
  errorComponent: Crashed,
});

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage });
const catalog = createRoute({
  getParentRoute: () => root,
  path: '/catalog',
  component: lazyRouteComponent(() => import('#web/catalog/list/catalog-page.tsx'), 'CatalogPage'),
});
const entity = createRoute({
  getParentRoute: () => root,
  path: '/catalog/$namespace/$kind/$name',
  component: lazyRouteComponent(() => import('./entity-page.tsx'), 'EntityPage'),
});
const graph = createRoute({
  getParentRoute: () => root,
  path: '/graph',
  component: lazyRouteComponent(() => import('#web/catalog/graph/graph-page.tsx'), 'GraphPage'),
});
const teams = createRoute({
  getParentRoute: () => root,
  path: '/teams',
  component: lazyRouteComponent(() => import('#web/ownership/teams-page.tsx'), 'TeamsPage'),
});
const sources = createRoute({
  getParentRoute: () => root,
  path: '/sources',
  component: lazyRouteComponent(() => import('#web/sources/sources-page.tsx'), 'SourcesPage'),
});
const source = createRoute({
  getParentRoute: () => root,
  path: '/sources/$id',
  component: lazyRouteComponent(() => import('#web/sources/source-page.tsx'), 'SourcePage'),
});
const review = createRoute({
  getParentRoute: () => root,
  path: '/review',
  component: lazyRouteComponent(() => import('#web/catalog/review/review-page.tsx'), 'ReviewPage'),
});

const actions = createRoute({
  getParentRoute: () => root,
  path: '/actions',
  component: lazyRouteComponent(() => import('#web/actions/gallery-page.tsx'), 'GalleryPage'),
});
const editor = createRoute({
  getParentRoute: () => root,
  path: '/actions/editor',
  component: lazyRouteComponent(() => import('#web/actions/editor-page.tsx'), 'EditorPage'),
});
const template = createRoute({
  getParentRoute: () => root,
  path: '/actions/$namespace/$name',
  component: lazyRouteComponent(() => import('#web/actions/template-page.tsx'), 'TemplatePage'),
});
const runs = createRoute({
  getParentRoute: () => root,
  path: '/runs',
  component: lazyRouteComponent(() => import('#web/actions/runs-page.tsx'), 'RunsPage'),
});
const run = createRoute({
  getParentRoute: () => root,
  path: '/runs/$id',
  component: lazyRouteComponent(() => import('#web/actions/run-page.tsx'), 'RunPage'),
});
const approvals = createRoute({
  getParentRoute: () => root,
  path: '/approvals',
  component: lazyRouteComponent(() => import('./approvals-page.tsx'), 'ApprovalsPage'),
});
const debt = createRoute({
  getParentRoute: () => root,
  path: '/debt',
  component: lazyRouteComponent(() => import('#web/ownership/debt-page.tsx'), 'DebtPage'),
});
const scorecards = createRoute({
  getParentRoute: () => root,
  path: '/scorecards',
  component: lazyRouteComponent(() => import('#web/scorecards/scorecards-page.tsx'), 'ScorecardsPage'),
});
const scorecardEditor = createRoute({
  getParentRoute: () => root,
  path: '/scorecards/editor',
  component: lazyRouteComponent(() => import('#web/scorecards/editor-page.tsx'), 'ScorecardEditorPage'),
});
const exemptions = createRoute({
  getParentRoute: () => root,
  path: '/scorecards/exemptions',
  component: lazyRouteComponent(() => import('#web/scorecards/exemptions-page.tsx'), 'ExemptionsPage'),
});
const scorecard = createRoute({
  getParentRoute: () => root,
  path: '/scorecards/$namespace/$name',
  component: lazyRouteComponent(() => import('#web/scorecards/scorecard-page.tsx'), 'ScorecardPage'),
});
const campaigns = createRoute({
  getParentRoute: () => root,
  path: '/campaigns',
  component: lazyRouteComponent(() => import('#web/scorecards/campaigns-page.tsx'), 'CampaignsPage'),
});
const campaign = createRoute({
  getParentRoute: () => root,
  path: '/campaigns/$namespace/$name',
  component: lazyRouteComponent(() => import('#web/scorecards/campaign-page.tsx'), 'CampaignPage'),
});
const docs = createRoute({
  getParentRoute: () => root,
  path: '/docs',
  component: lazyRouteComponent(() => import('#web/docs/library-page.tsx'), 'LibraryPage'),
});
const docProblems = createRoute({
  getParentRoute: () => root,
  path: '/docs/problems',
  component: lazyRouteComponent(() => import('#web/docs/problems-page.tsx'), 'ProblemsPage'),
});
const docGaps = createRoute({
  getParentRoute: () => root,
  path: '/docs/gaps',
  component: lazyRouteComponent(() => import('#web/docs/gaps-page.tsx'), 'GapsPage'),
});
/** Where alerts lead; see the guide to documentation. */
const runbook = createRoute({
  getParentRoute: () => root,
  path: '/runbooks/$alert',
  component: lazyRouteComponent(() => import('#web/docs/runbook-page.tsx'), 'RunbookPage'),
});
const docPage = createRoute({
  getParentRoute: () => root,
  path: '/docs/$kind/$namespace/$name/$',
  beforeLoad: ({ params: { _splat: page = '', ...params }, search, location: { hash } }) => {
    const to = fromTechDocs({ ...params, page });
    if (to) throw redirect({ to, search, hash, replace: true } as Parameters<typeof redirect>[0]);
  },
  loaderDeps: ({ search }) => ({ version: (search as UrlSearch).version }),
  // What is read is there before it is shown: nothing flickers, and going back leads to the same line.
  loader: async ({ context: { client }, params: { _splat: page = '', ...params }, deps }) => {
    const { fetchPage } = await import('#web/docs/fetch-page.ts');
    await fetchPage(client, { ...params, page }, deps.version);
  },
  component: lazyRouteComponent(() => import('./docs-page.tsx'), 'DocsPage'),
});
const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('#web/access/settings-page.tsx'), 'SettingsPage'),
});
/** The shell shows it in place of everything else. */
const signIn = createRoute({ getParentRoute: () => root, path: '/sign-in' });

const pages = [
  home,
  catalog,
  entity,
  graph,
  teams,
  actions,
  editor,
  template,
  runs,
  run,
  approvals,
  debt,
  scorecards,
  scorecardEditor,
  exemptions,
  scorecard,
  campaigns,
  campaign,
  docs,
  docProblems,
  docGaps,
  runbook,
  docPage,
  sources,
  source,
  review,
  settings,
  signIn,
];

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren(pages),
    parseSearch,
    stringifySearch,
    // Within the shell, so that a page that fails leaves the rest standing.
    defaultErrorComponent: Crashed,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    context: { client },
  });
}
