/** Self-service actions as the composition root sees them. */
export { noGuards, type RunGuards, type WantedRun } from './runs/guards.ts';
export { RunNews } from './runs/news.ts';
export { RunQueue } from './runs/queue.ts';
export { childRuns, Runs, type RunsDeps } from './runs/runs.ts';
export { readSeal } from './runs/seal.ts';
export type { RunTables, Starter } from './runs/tables.ts';
