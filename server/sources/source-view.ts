/** A source as people see it: what is configured, how its runner is, what the store holds of it. */
import type { SourceView } from './contract.ts';
import type { SourceRunner } from './source-runner.ts';
import type { SourceOverview } from './store.ts';

const nothing: Omit<SourceOverview, 'id'> = {
  confirmedAt: null,
  error: null,
  parts: 0,
  problems: 0,
  entities: 0,
};

export function sourceView(
  runner: SourceRunner,
  overview: SourceOverview | undefined,
  now: Date,
): SourceView {
  const { id, integration, title, target, promiseSeconds } = runner.configured;
  const { confirmedAt, error, parts, problems, entities } = overview ?? nothing;
  const { progress } = runner;
  return {
    id,
    integration,
    title,
    target,
    state: runner.state,
    confirmedAt: confirmedAt?.toISOString() ?? null,
    promiseSeconds,
    stale: isStale(runner, confirmedAt, now),
    progress: progress
      ? { done: progress.done, total: progress.total ?? null, current: progress.current ?? null }
      : null,
    entities,
    parts,
    problems,
    error,
  };
}

/** Not confirmed within its promise. What was never confirmed has promised nothing until it fails. */
function isStale({ state, configured }: SourceRunner, confirmedAt: Date | null, now: Date): boolean {
  if (confirmedAt === null) return state === 'failed';
  return now.getTime() - confirmedAt.getTime() > configured.promiseSeconds * 1000;
}
