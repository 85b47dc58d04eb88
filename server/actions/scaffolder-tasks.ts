/** Runs as the Backstage scaffolder calls them: tasks, and their events. */
import type { RunEvent } from './runs/run-reader.ts';
import type { RunRow } from './runs/run-write.ts';
import type { RunState, StepState } from './runs/tables.ts';
import type { Task, TaskEvent, TaskStatus } from './scaffolder-contract.ts';

const ofRun: Record<RunState, TaskStatus> = {
  queued: 'open',
  running: 'processing',
  waiting: 'processing',
  asking: 'processing',
  succeeded: 'completed',
  failed: 'failed',
  cancelled: 'cancelled',
  'rolled-back': 'cancelled',
};
const ofStep: Partial<Record<StepState, TaskStatus>> = {
  running: 'processing',
  done: 'completed',
  failed: 'failed',
  skipped: 'skipped',
  cancelled: 'cancelled',
  undone: 'cancelled',
};

export function statesOfStatus(status: string): RunState[] {
  return (Object.keys(ofRun) as RunState[]).filter((state) => ofRun[state] === status);
}

export function taskOf(row: RunRow): Task {
  const { template_body: template, starter, user_body: user } = row;
  return {
    id: row.id,
    spec: {
      apiVersion: template.apiVersion,
      steps: row.steps,
      parameters: row.input,
      output: template.spec?.output ?? {},
      user: { ...(user ? { entity: user } : {}), ...(starter.ref ? { ref: starter.ref } : {}) },
      templateInfo: { entityRef: row.template, entity: { metadata: template.metadata } },
    },
    status: ofRun[row.state],
    createdAt: row.created_at.toISOString(),
    createdBy: starter.ref ?? starter.id,
  };
}

export function taskEventOf(event: RunEvent, row: RunRow): TaskEvent {
  const { id, at, step, message, state } = event;
  const common = { id, taskId: row.id, createdAt: at };
  const stepId = step === null ? {} : { stepId: step };
  if (event.kind !== 'run') {
    const status = event.kind === 'step' ? ofStep[state as StepState] : undefined;
    return { ...common, type: 'log', body: { message, ...stepId, ...(status ? { status } : {}) } };
  }
  if (state === 'cancelling') return { ...common, type: 'cancelled', body: { message } };
  if (state === 'queued') return { ...common, type: 'log', body: { message } };
  const status = ofRun[state as RunState];
  const result =
    row.error === null ? { output: outputOf(row) } : { error: { name: 'Error', message: row.error } };
  return { ...common, type: 'completion', body: { message, status, ...result } };
}

function outputOf({ output }: RunRow): Record<string, unknown> {
  if (!output) return {};
  const { links, text, values } = output;
  return { ...values, links: links.map(withoutNulls), text: text.map(withoutNulls) };
}

function withoutNulls(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null));
}
