import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
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
const seen: unknown[] = [];

const say = workspaceAction('say', async ({ input, log }) => {
  seen.push(input.what);
  log.info(`says ${input.what}`);
  return { output: { said: input.what } };
});
const fails = workspaceAction('fails', async () => {
  throw new Error('on purpose');
});

beforeAll(async () => {
  store = await openTestStore();
  test = await openTestRuns(store as unknown as Store<RunTables>, { actions: [say, fails] });
  await test.runs.work();
});
afterEach(async () => {
  seen.length = 0;
  await clearStore(store);
});
afterAll(async () => {
  await test.close();
  await store.close();
});

async function run(steps: unknown[], values = {}, spec = {}) {
  test.publish(templateEntity('t', steps, spec));
  return test.until(await test.start('t', values), hasEnded);
}

it('runs steps in order, each with what the ones before gave', async () => {
  const ended = await run(
    [
      { id: 'one', action: 'say', input: { what: ex('parameters.name') } },
      { id: 'two', action: 'say', input: { what: { again: ex('steps.one.output.said') } } },
    ],
    { name: 'payments' },
    {
      output: {
        links: [
          { title: 'There', url: `https://x.test/${ex('steps.one.output.said')}` },
          { title: 'Not', url: 'https://x.test', if: ex('parameters.missing') },
        ],
        text: [{ title: 'Said', content: ex('steps.two.output.said | dump') }],
        name: ex('parameters.name'),
      },
    },
  );
  expect(ended.state).toBe('succeeded');
  expect(seen).toEqual(['payments', { again: 'payments' }]);
  expect(ended.output).toEqual({
    links: [{ title: 'There', url: 'https://x.test/payments', entityRef: null, icon: null }],
    text: [{ title: 'Said', content: '{"again":"payments"}' }],
    values: { name: 'payments' },
  });
});

it('skips what is not wanted, and runs a step for each item', async () => {
  const ended = await run([
    { id: 'no', action: 'say', if: false, input: { what: 'no' } },
    {
      id: 'all',
      action: 'say',
      each: ['a', 'b', 'c'],
      if: ex("each.value != 'b'"),
      input: { what: `${ex('each.key')}${ex('each.value')}` },
    },
    { id: 'after', action: 'say', input: { what: ex('steps.all.output.said') } },
  ]);
  expect(ended.state).toBe('succeeded');
  expect(statesOf(ended)).toEqual({ no: 'skipped', all: 'done', after: 'done' });
  expect(seen).toEqual(['0a', '2c', ['0a', '2c']]);
});

it('after a failure runs only what asks for it, and tells the first failure', async () => {
  const ended = await run([
    { id: 'bad', name: 'Bad one', action: 'fails' },
    { id: 'next', action: 'say', input: { what: 'next' } },
    { id: 'clean', action: 'say', if: ex('failure()'), input: { what: 'clean' } },
    { id: 'always', action: 'say', if: ex('always()'), input: { what: 'always' } },
  ]);
  expect(ended).toMatchObject({ state: 'failed', error: 'Bad one: on purpose' });
  expect(statesOf(ended)).toEqual({ bad: 'failed', next: 'skipped', clean: 'done', always: 'done' });
});

it('does not call failure() true when nothing failed', async () => {
  const ended = await run([
    { id: 'one', action: 'say', input: { what: 1 } },
    { id: 'clean', action: 'say', if: ex('failure()'), input: { what: 2 } },
  ]);
  expect(statesOf(ended)).toEqual({ one: 'done', clean: 'skipped' });
});

it('holds input against what the step action asks for', async () => {
  const strict = {
    ...say,
    id: 'strict',
    input: { type: 'object', required: ['what'], properties: { what: { type: 'number' } } },
  };
  test.deps.actions.set('strict', strict);
  const ended = await run([{ id: 'a', action: 'strict', input: { what: 'text' } }]);
  expect(ended.error).toBe('strict: strict: what must be number');
  expect(seen).toEqual([]);
});

it('keeps the workspace from step to step', async () => {
  test.deps.actions.set(
    'write',
    workspaceAction('write', async ({ workspace, input }) => {
      await mkdir(join(workspace, 'deep/er'), { recursive: true });
      await writeFile(join(workspace, 'deep/er/file'), String(input.text));
      return { output: {} };
    }),
  );
  test.deps.actions.set(
    'read',
    workspaceAction('read', async ({ workspace }) => ({
      output: { text: await readFile(join(workspace, 'deep/er/file'), 'utf8') },
    })),
  );
  const steps = [
    { id: 'w', action: 'write', input: { text: 'kept' } },
    { id: 'r', action: 'read' },
  ];
  const ended = await run(steps);
  expect(ended.steps[1]?.output).toEqual({ text: 'kept' });
  // What has ended well needs its files no more.
  expect(await store.db.selectFrom('run_file').selectAll().execute()).toEqual([]);
});

it('starts one run for one key', async () => {
  test.publish(templateEntity('t', [{ id: 'one', action: 'say', input: { what: 1 } }]));
  const ids = await Promise.all([1, 2, 3].map(() => test.start('t', {}, { key: 'once' })));
  expect(new Set(ids).size).toBe(1);
  await test.until(ids[0] ?? '', hasEnded);
  expect(seen).toEqual([1]);
});

it('tries again what failed for the moment, under the same key', async () => {
  const keys: string[] = [];
  test.deps.actions.set(
    'flaky',
    outsideAction('flaky', async ({ key }) => {
      keys.push(key);
      if (keys.length < 3) {
        throw Object.assign(new Error('busy'), { temporary: true, retryAfterSeconds: 0.05 });
      }
      return { output: {} };
    }),
  );
  const ended = await run([{ id: 'f', action: 'flaky' }]);
  expect(ended.state).toBe('succeeded');
  expect(ended.steps[0]?.attempts).toBe(3);
  expect(keys.length).toBe(3);
  expect(new Set(keys).size).toBe(1);
});

it('tells of every step as it goes', async () => {
  const ended = await run([{ id: 'one', name: 'One', action: 'say', input: { what: 'hello' } }]);
  const events = await test.runs.reader.events(ended.id, 0);
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  expect(events.map(({ kind, step, message, state }) => [kind, step, message, state])).toEqual([
    ['run', null, 'Ada started t', 'queued'],
    ['step', 'one', 'One began', 'running'],
    ['log', 'one', 'says hello', null],
    ['step', 'one', 'One is done', 'done'],
    ['run', null, 'The run succeeded', 'succeeded'],
  ]);
});
