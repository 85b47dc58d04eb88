/** Documentation as the composition root sees it. */
export { DocFeed } from './feed.ts';
export { Histories } from './history.ts';
export { RenderedPages } from './rendering/rendered.ts';
export { Renderer } from './rendering/renderer.ts';
export { type DocsApiDeps, registerDocsApi } from './routes.ts';
export { IndexKeeper } from './search/index-keeper.ts';
export { Sites } from './sites.ts';
export type { DocDb, DocTables } from './tables.ts';
export { Views } from './views.ts';
