/** A process that ends in the midst of a run: what the next one does. Processes are queues and workers of their own. */

import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '#server/kernel/store/store.ts';
import { clearStore, openTestStore, type TestTables } from '#tools/test-store.ts';
import type { StepContext } from '../step-action.ts';
import { Seal } from './seal.ts';
import type { RunTables } from './tables.ts';
import {
  hasEnded,
  openTestRuns,
  outsideAction,
  statesOf,
  type TestRuns,
  templateEntity,
  workspaceAction,
} from './test-support.ts';

let store: Store<TestTables>;
const opened: TestRuns[] = [];
const seal = new Seal(randomBytes(32));

beforeAll(async () => {
  store = await openTestStore();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((test) => test.close()));
  await clearStore(store);
});
afterAll(() => store.close());

async function open(options: Parameters<typeof openTestRuns>[1]): Promise<TestRuns> {
  const test = await openTestRuns(store as unknown as Store<RunTables>, { seal, ...options });
  opened.push(test);
  return test;
}

/** As the store has it after a kill: the step is running, and nobody is at it. */
async function leaveIn(test: TestRuns, id: string, step: string): Promise<void> {
  const run = await test.read(id);
  const position = run.steps.findIndex((each) => each.id === step);
  await store.db
    .updateTable('run_step')
    .set({ state: 'running', attempts: 1, input: '{}' })
    .where('run', '=', id)
    .where('position', '=', position)
    .execute();
  for (let before = 0; before < position; before++) {
    await store.db
      .updateTable('run_step')
      .set({ state: 'done', output: '{}' })
      .where('run', '=', id)
      .where('position', '=', before)
      .execute();
  }
}

describe('an outside step that a process ended in', () => {
  const calls: string[] = [];
  const make = async ({ key }: StepContext) => {
    calls.push(key);
    return { output: { made: key } };
  };
  afterEach(() => {
    calls.length = 0;
  });
  const steps = [
    { id: 'first', action: 'make' },
    { id: 'second', action: 'make' },
    { id: 'third', action: 'make' },
  ];

  async function resume(
    settle?: () => Promise<{ output: Record<string, unknown> } | 'not-done' | 'unknown'>,
  ) {
    const action = outsideAction('make', make, settle ? { settle } : {});
    const test = await open({ actions: [action], templates: [templateEntity('t', steps)] });
    const id = await test.start('t');
    await leaveIn(test, id, 'second');
    await test.runs.work();
    return { test, id };
  }

  it('is not run again when it had been done', async () => {
    const { test, id } = await resume(async () => ({ output: { made: 'before' } }));
    const ended = await test.until(id, hasEnded);
    expect(ended.state).toBe('succeeded');
    expect(calls).toEqual([`${id}/third`]);
    expect(ended.steps[1]?.output).toEqual({ made: 'before' });
  });

  it('is run with the same key when it had not been done', async () => {
    const { test, id } = await resume(async () => 'not-done');
    await test.until(id, hasEnded);
    expect(calls).toEqual([`${id}/second`, `${id}/third`]);
  });

  it.each([
    ['that can’t tell', async () => 'unknown' as const],
    ['that has no way to tell', undefined],
  ])('is asked about, by a step action %s', async (_, settle) => {
    const { test, id } = await resume(settle);
    const asking = await test.until(id, ({ state }) => state === 'asking');
    expect(statesOf(asking)).toEqual({ first: 'done', second: 'asking', third: 'pending' });
    expect(asking.may.answer).toBe(true);
    await test.runs.answer(id, { step: 'second', answer: 'done', output: { made: 'by hand' } }, 'Ada');
    const ended = await test.until(id, hasEnded);
    expect(ended.steps[1]?.output).toEqual({ made: 'by hand' });
    expect(calls).toEqual([`${id}/third`]);
  });

  it('is run again when the answer is that it was not done', async () => {
    const { test, id } = await resume();
    await test.until(id, ({ state }) => state === 'asking');
    await test.runs.answer(id, { step: 'second', answer: 'again', output: {} }, 'Ada');
    await test.until(id, hasEnded);
    expect(calls).toEqual([`${id}/second`, `${id}/third`]);
  });

  it('is asked about once its process ended again and again', async () => {
    const { test, id } = await resume(async () => {
      throw Object.assign(new Error('not there'), { temporary: true });
    });
    const waiting = await test.until(id, ({ state }) => state === 'waiting');
    expect(waiting.steps[1]?.note).toContain('not there');
  });
});

it('goes on in another process with the files of the last step that was done', async () => {
  let reached = () => {};
  const atLast = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const write = workspaceAction('write', async ({ workspace }) => {
    await writeFile(join(workspace, 'script'), 'first', { mode: 0o755 });
    return { output: {} };
  });
  const hang = workspaceAction('last', async ({ workspace, signal }) => {
    await writeFile(join(workspace, 'script'), 'half');
    reached();
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    return { output: {} };
  });
  const read = workspaceAction('last', async ({ workspace }) => ({
    output: { text: await readFile(join(workspace, 'script'), 'utf8') },
  }));
  const template = templateEntity('t', [
    { id: 'write', action: 'write' },
    { id: 'last', action: 'last' },
  ]);
  const first = await open({ actions: [write, hang], templates: [template] });
  await first.runs.work();
  const id = await first.start('t');
  await atLast;
  // The first is told to end, and gives the run back.
  await first.runs.close();
  const second = await open({ actions: [read], templates: [template] });
  await second.runs.work();
  const ended = await second.until(id, hasEnded);
  expect(ended.state).toBe('succeeded');
  expect(ended.steps[1]?.output).toEqual({ text: 'first' });
});

it('refuses whatever a process writes of a run that another has taken over', async () => {
  let go = () => {};
  const going = new Promise<void>((resolve) => {
    go = resolve;
  });
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const slow = outsideAction('slow', async () => {
    begun();
    await going;
    return { output: { by: 'first' } };
  });
  const template = templateEntity('t', [{ id: 'slow', action: 'slow' }]);
  const test = await open({ actions: [slow], templates: [template] });
  await test.runs.work();
  const id = await test.start('t');
  await hasBegun;
  await store.db
    .updateTable('run')
    .set({ claim: '00000000-0000-4000-8000-000000000000' })
    .where('id', '=', id)
    .execute();
  go();
  await test.runs.close();
  const run = await test.read(id);
  expect(run.state).toBe('running');
  expect(run.steps[0]).toMatchObject({ state: 'running', output: null });
});
