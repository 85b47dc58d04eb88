/** Self-service actions as the composition root sees them. */
export { createRenderer } from './expressions/index.ts';
export { hasTool } from './obstacles.ts';
export { type ActionsApiDeps, registerActionsApi } from './routes.ts';
export { noGuards, type RunGuards, type WantedRun } from './runs/guards.ts';
export { RunNews } from './runs/news.ts';
export { RunQueue } from './runs/queue.ts';
export { runAction } from './runs/run-action.ts';
export { childRuns, Runs, type RunsDeps } from './runs/runs.ts';
export { readSeal } from './runs/seal.ts';
export type { RunTables, Starter } from './runs/tables.ts';
export type { StepAction } from './step-action.ts';
export { workspaceActions } from './steps/workspace-actions.ts';
export { TemplateStore, takesIn } from './template-store.ts';
export { Templates } from './templates.ts';
export { type CheckOutRequest, createFetchTree } from './tree-source.ts';
