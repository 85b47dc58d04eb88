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
/** After these nothing goes on by itself. */
export const endedStates: readonly (typeof runStates)[number][] = [
  'succeeded',
  'failed',
  'cancelled',
  'rolled-back',
];
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
