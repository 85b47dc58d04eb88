export { asksForFailure, type Iteration, iterationsOf, truthy } from './conditions.ts';
export { type Dialect, isPlain } from './dialect.ts';
export type { RenderedText, RenderProblem } from './protocol.ts';
export { createRenderer, type Renderer, type RendererOptions, type RenderOptions } from './renderer.ts';
