/** How far a run, and a step of one, has come. */
export const runStates = [
  'queued',
  'running',
  'waiting',
  'asking',
  'succeeded',
  'failed',
  'cancelled',
  'rolled-back',
] as const;
export const stepStates = [
  'pending',
  'running',
  'waiting',
  'asking',
  'done',
  'skipped',
  'failed',
  'cancelled',
  'undone',
  'undo-failed',
] as const;
