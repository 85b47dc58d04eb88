/** What people do with runs: cancel, retry, roll back; and runs that wait. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '#server/kernel/store/store.ts';
import { clearStore, openTestStore, type TestTables } from '#tools/test-store.ts';
import type { RunTables } from './tables.ts';
import {
  ex,
  hasEnded,
  openTestRuns,
  outsideAction,
  statesOf,
  type TestRuns,
  templateEntity,
  workspaceAction,
} from './test-support.ts';

let store: Store<TestTables>;
let test: TestRuns;
/** What the outside has, and what was done to it. */
const there = new Set<string>();
const deeds: string[] = [];
let isOpen = false;
let isBroken = false;

const make = outsideAction(
  'make',
  async ({ input, key }) => {
    if (input.bad && isBroken) throw new Error('broken');
    there.add(key);
    deeds.push(`+${key.split('/').slice(1).join('/')}`);
    return { output: { made: key } };
  },
  {
    settle: async ({ key }) => (there.has(key) ? { output: { made: key } } : 'not-done'),
    undo: {
      summary: 'Unmake it',
      async run({ key }, { made }) {
        if (made !== key) throw new Error('The output is another’s');
        if (isBroken) throw new Error('stuck');
        there.delete(key);
        deeds.push(`-${key.split('/').slice(1).join('/')}`);
        return undefined;
      },
    },
  },
);
const gate = workspaceAction('gate', async () =>
  isOpen ? { output: { open: true } } : { wait: 'Waits for the gate', until: null },
);
const hang = outsideAction(
  'hang',
  async ({ key, signal }) => {
    there.add(key);
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    return { output: {} };
  },
  { settle: make.settle ?? (async () => 'unknown') },
);

beforeAll(async () => {
  store = await openTestStore();
  test = await openTestRuns(store as unknown as Store<RunTables>, { actions: [make, gate, hang] });
  await test.runs.work();
});
afterEach(async () => {
  deeds.length = 0;
  there.clear();
  isOpen = false;
  isBroken = false;
  await clearStore(store);
});
afterAll(async () => {
  await test.close();
  await store.close();
});

async function start(steps: unknown[], values = {}) {
  test.publish(templateEntity('t', steps));
  return test.start('t', values);
}
const run = async (steps: unknown[], values = {}) => test.until(await start(steps, values), hasEnded);
const isWaiting = ({ state }: { state: string }) => state === 'waiting';

describe('a run that waits', () => {
  it('goes on when it is woken', async () => {
    const id = await start([
      { id: 'gate', action: 'gate' },
      { id: 'a', action: 'make' },
    ]);
    const waiting = await test.until(id, isWaiting);
    expect(waiting.steps[0]).toMatchObject({ state: 'waiting', note: 'Waits for the gate' });
    await test.runs.wake(id);
    // Woken for nothing, it waits again.
    await test.until(id, isWaiting);
    isOpen = true;
    await test.runs.wake(id);
    expect((await test.until(id, hasEnded)).state).toBe('succeeded');
    expect(deeds).toEqual(['+a']);
  });

  it('goes on when it was woken just before it waited', async () => {
    let asked = 0;
    const late = workspaceAction('late', async ({ runId }) => {
      if (++asked > 1) return { output: {} };
      await test.runs.wake(runId);
      return { wait: 'It would wait for ever', until: null };
    });
    test.deps.actions.set('late', late);
    expect((await run([{ id: 'late', action: 'late' }])).state).toBe('succeeded');
    expect(asked).toBe(2);
  });

  it('goes on by itself when its time has come', async () => {
    let asked = 0;
    const once = workspaceAction('once', async () =>
      ++asked > 1 ? { output: {} } : { wait: 'A moment', until: new Date(Date.now() + 300) },
    );
    test.deps.actions.set('once', once);
    const ended = await run([{ id: 'once', action: 'once' }]);
    expect(ended.state).toBe('succeeded');
    // To be asked again is no further attempt.
    expect(ended.steps[0]?.attempts).toBe(1);
  });

  it('is cancelled without a process', async () => {
    const id = await start([
      { id: 'gate', action: 'gate' },
      { id: 'a', action: 'make' },
    ]);
    await test.until(id, isWaiting);
    await test.runs.cancel(id, 'Ada');
    const ended = await test.until(id, hasEnded);
    expect(ended).toMatchObject({ state: 'cancelled', error: 'Cancelled by Ada' });
    expect(statesOf(ended)).toEqual({ gate: 'cancelled', a: 'cancelled' });
  });
});

it('a cancelled run stops its step, and lists what that had made', async () => {
  const id = await start([
    { id: 'a', action: 'make' },
    { id: 'hang', action: 'hang' },
    { id: 'b', action: 'make' },
  ]);
  await test.until(id, () => there.has(`${id}/hang`));
  await test.runs.cancel(id, 'Ada');
  const ended = await test.until(id, hasEnded);
  expect(ended.state).toBe('cancelled');
  expect(statesOf(ended)).toEqual({ a: 'done', hang: 'done', b: 'cancelled' });
  await expect(test.runs.cancel(id, 'Ada')).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
});

it('a retried run goes on from the step that failed', async () => {
  isBroken = true;
  const failed = await run([
    { id: 'a', action: 'make' },
    { id: 'b', action: 'make', input: { bad: true } },
    { id: 'clean', action: 'make', if: ex('always()') },
  ]);
  expect(statesOf(failed)).toEqual({ a: 'done', b: 'failed', clean: 'done' });
  isBroken = false;
  await test.runs.retry(failed.id, 'Ada');
  const ended = await test.until(failed.id, hasEnded);
  expect(ended.state).toBe('succeeded');
  // To clean up after the second go is another deed.
  expect(deeds).toEqual(['+a', '+clean', '+b', '+clean~1']);
});

describe('a roll-back', () => {
  const steps = [
    { id: 'a', action: 'make' },
    { id: 'each', action: 'make', each: ['x', 'y'] },
    { id: 'gate', action: 'gate' },
    { id: 'b', action: 'make' },
  ];

  it('takes back in reverse order what was made', async () => {
    isOpen = true;
    const ended = await run(steps);
    expect(ended.may.rollBack).toBe(true);
    await test.runs.rollBack(ended.id, 'Ada');
    const back = await test.until(ended.id, ({ state }) => state === 'rolled-back');
    expect(deeds).toEqual(['+a', '+each/1', '+each/2', '+b', '-b', '-each/2', '-each/1', '-a']);
    expect(statesOf(back)).toEqual({ a: 'undone', each: 'undone', gate: 'done', b: 'undone' });
    expect(back.may).toEqual({ cancel: false, retry: false, rollBack: false, answer: false });
  });

  it('stops where it can’t go on, and goes on there when it is asked again', async () => {
    isOpen = true;
    const ended = await run(steps);
    isBroken = true;
    await test.runs.rollBack(ended.id, 'Ada');
    const stuck = await test.until(ended.id, ({ state }) => state === 'failed');
    expect(statesOf(stuck)).toMatchObject({ b: 'undo-failed', each: 'done', a: 'done' });
    expect(stuck.error).toContain('stuck');
    isBroken = false;
    await test.runs.rollBack(ended.id, 'Ada');
    await test.until(ended.id, ({ state }) => state === 'rolled-back');
    expect(there.size).toBe(0);
  });

  it('is repeated where a process ended in it', async () => {
    isOpen = true;
    const ended = await run(steps);
    // As the store has it after a kill in the undo of the last step.
    await store.db.updateTable('run_step').set({ state: 'running' }).where('position', '=', 3).execute();
    await test.runs.rollBack(ended.id, 'Ada');
    await test.until(ended.id, ({ state }) => state === 'rolled-back');
    expect(deeds.filter((deed) => deed === '-b')).toHaveLength(1);
    expect(there.size).toBe(0);
  });
});

describe('a template as a step', () => {
  const parent = templateEntity('parent', [
    { id: 'a', action: 'make' },
    {
      id: 'child',
      action: 'action:run',
      input: { template: 'child', values: { name: ex('parameters.name') } },
    },
    { id: 'b', action: 'make', input: { of: ex('steps.child.output.named') } },
  ]);
  const child = templateEntity(
    'child',
    [
      { id: 'gate', action: 'gate' },
      { id: 'c', action: 'make' },
    ],
    {
      output: { named: ex('parameters.name') },
    },
  );
  const childOf = async (id: string) => {
    const rows = await store.db.selectFrom('run').select('id').where('parent', '=', id).execute();
    return rows[0]?.id ?? '';
  };

  it('is waited for, and gives its output', async () => {
    isOpen = true;
    test.publish(parent);
    test.publish(child);
    const id = await test.start('parent', { name: 'x' });
    const ended = await test.until(id, hasEnded);
    expect(ended.error).toBe(null);
    expect(ended.steps[1]?.output).toEqual({ named: 'x', runId: await childOf(id) });
    expect(deeds).toEqual(['+a', '+c', '+b']);
  });

  it('is cancelled and rolled back with its parent', async () => {
    test.publish(parent);
    test.publish(child);
    const id = await test.start('parent', { name: 'x' });
    await test.until(id, isWaiting);
    await test.runs.cancel(id, 'Ada');
    expect((await test.until(id, hasEnded)).state).toBe('cancelled');
    expect((await test.until(await childOf(id), hasEnded)).state).toBe('cancelled');

    isOpen = true;
    const second = await test.start('parent', { name: 'x' });
    await test.until(second, hasEnded);
    deeds.length = 0;
    await test.runs.rollBack(second, 'Ada');
    await test.until(second, ({ state }) => state === 'rolled-back');
    expect(deeds).toEqual(['-b', '-c', '-a']);
  });

  it('does not run itself for ever', async () => {
    test.publish(templateEntity('t', [{ id: 'again', action: 'action:run', input: { template: 't' } }]));
    const ended = await test.until(await test.start('t'), hasEnded);
    expect(ended.error).toContain('8 levels deep');
  });
});
