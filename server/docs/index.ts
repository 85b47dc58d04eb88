/** Documentation as the composition root sees it. */
export { DocFeed } from './feed.ts';
export { FeedbackKeeper } from './feedback/feedback-keeper.ts';
export { Histories } from './history.ts';
export { RenderedPages } from './rendering/rendered.ts';
export { Renderer } from './rendering/renderer.ts';
export { docFacts } from './rot/doc-facts.ts';
export { LinkChecker } from './rot/links/link-checker.ts';
export { Repositories } from './rot/repositories.ts';
export { RotKeeper } from './rot/rot-keeper.ts';
export type { DocsApiDeps } from './route-deps.ts';
export { registerDocsApi } from './routes.ts';
export { IndexKeeper } from './search/index-keeper.ts';
export { Sites } from './sites.ts';
export type { DocDb, DocTables } from './tables.ts';
export { Views } from './views.ts';
