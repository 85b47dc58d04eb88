import type { QueryClient } from '@tanstack/react-query';
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { parseSearch, stringifySearch } from '#web/kit/url.ts';
import { Crashed, NotFound } from './fallbacks.tsx';
import { HomePage } from './home/home-page.tsx';
import { Shell } from './shell.tsx';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound, errorComponent: Crashed });

const home = createRoute({ getParentRoute: () => root, path: '/', component: HomePage });
const catalog = createRoute({
  getParentRoute: () => root,
  path: '/catalog',
  component: lazyRouteComponent(() => import('#web/catalog/list/catalog-page.tsx'), 'CatalogPage'),
});
const entity = createRoute({
  getParentRoute: () => root,
  path: '/catalog/$namespace/$kind/$name',
  component: lazyRouteComponent(() => import('#web/catalog/entity/entity-page.tsx'), 'EntityPage'),
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

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: root.addChildren([home, catalog, entity, graph, teams, sources, source, review]),
    parseSearch,
    stringifySearch,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    context: { client },
  });
}
