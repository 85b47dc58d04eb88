import { messages } from '#web/kit/messages.ts';
import { Status, type Tone } from '#web/kit/status.tsx';
import type { Run } from './queries.ts';

const text = messages.actions.run;

const tones: Record<Run['state'], Tone> = {
  queued: 'quiet',
  running: 'warn',
  waiting: 'warn',
  asking: 'bad',
  succeeded: 'good',
  failed: 'bad',
  cancelled: 'quiet',
  'rolled-back': 'quiet',
};

type StepState = Run['steps'][number]['state'];
const stepTones: Record<StepState, Tone> = {
  pending: 'quiet',
  running: 'warn',
  waiting: 'warn',
  asking: 'bad',
  done: 'good',
  skipped: 'quiet',
  failed: 'bad',
  cancelled: 'quiet',
  undone: 'quiet',
  'undo-failed': 'bad',
};

export function RunState({ state }: { state: Run['state'] }) {
  return <Status tone={tones[state]}>{text.state[state]}</Status>;
}

export function StepState({ state }: { state: StepState }) {
  return <Status tone={stepTones[state]}>{text.stepState[state]}</Status>;
}
