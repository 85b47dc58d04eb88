/** Secrets of a run: sealed while they are needed, gone afterwards, and never shown. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#server/kernel/secret.ts';
import type { Store } from '#server/kernel/store/store.ts';
import { clearStore, openTestStore, type TestTables } from '#tools/test-store.ts';
import { readSeal, Seal } from './seal.ts';
import type { RunTables } from './tables.ts';
import {
  ex,
  hasEnded,
  openTestRuns,
  outsideAction,
  type TestRuns,
  templateEntity,
  workspaceAction,
} from './test-support.ts';

const SECRET = 'correct horse/battery"staple';

let store: Store<TestTables>;
let test: TestRuns;
const given: unknown[] = [];
let mayGo = false;

const use = outsideAction('use', async ({ input, log }) => {
  given.push(input);
  log.info(`uses ${input.token}`);
  log.warn(`as ${encodeURIComponent(String(input.token))}`);
  return { output: { url: `https://u:${input.token}@x.test`, plain: 'shown' } };
});
const file = workspaceAction('file', async ({ workspace, input }) => {
  await writeFile(join(workspace, 'env'), `TOKEN=${input.token}`);
  return { output: {} };
});
const gate = workspaceAction('gate', async () => (mayGo ? { output: {} } : { wait: 'Waits', until: null }));
const fails = workspaceAction('fails', async ({ input }) => {
  throw new Error(`refused ${input.token}`);
});

beforeAll(async () => {
  store = await openTestStore();
  test = await openTestRuns(store as unknown as Store<RunTables>, { actions: [use, file, gate, fails] });
  await test.runs.work();
});
afterEach(async () => {
  given.length = 0;
  mayGo = false;
  await clearStore(store);
});
afterAll(async () => {
  await test.close();
  await store.close();
});

/** Everything that the store has of runs, as text. */
async function dump(): Promise<string> {
  const tables = ['run', 'run_step', 'run_event', 'run_file'] as const;
  const rows = await Promise.all(tables.map((table) => store.db.selectFrom(table).selectAll().execute()));
  return JSON.stringify(rows, (_key, value) =>
    value instanceof Uint8Array || value?.type === 'Buffer'
      ? Buffer.from(value.data ?? value).toString('latin1')
      : value,
  );
}

const form = {
  parameters: [{ title: 'P', properties: { token: { type: 'string', 'ui:field': 'Secret' } } }],
};
const steps = [
  { id: 'file', action: 'file', input: { token: ex('secrets.token') } },
  { id: 'use', action: 'use', input: { token: ex('secrets.token'), name: 'plain' } },
  { id: 'gate', action: 'gate' },
  { id: 'again', action: 'use', input: { token: ex('steps.use.output.url') } },
];

it('are given to steps, and stand nowhere in the store that could be read', async () => {
  test.publish(templateEntity('t', steps, form));
  const id = await test.start('t', {}, { secrets: { token: SECRET } });
  const waiting = await test.until(id, ({ state }) => state === 'waiting');
  const during = await dump();
  expect(during).not.toContain(SECRET);
  expect(during).not.toContain(JSON.stringify(SECRET).slice(1, -1));
  expect(waiting.steps[1]?.output).toEqual({ url: 'https://u:***@x.test', plain: 'shown' });
  mayGo = true;
  await test.runs.wake(id);
  const ended = await test.until(id, hasEnded);
  // A later step is given what the earlier one gave, not what is shown of it.
  expect(given[1]).toEqual({ token: `https://u:${SECRET}@x.test` });
  expect(ended).toMatchObject({ state: 'succeeded', values: {}, secretNames: ['token'] });
  const messages = (await test.runs.reader.events(id, 0)).map(({ message }) => message);
  expect(messages).toContain('uses ***');
  expect(messages).toContain('as ***');
});

it('are deleted when the run ends, with all that was sealed', async () => {
  mayGo = true;
  test.publish(templateEntity('t', steps, form));
  const id = await test.start('t', {}, { secrets: { token: SECRET } });
  await test.until(id, hasEnded);
  const run = await store.db.selectFrom('run').select(['secrets', 'workspace']).executeTakeFirstOrThrow();
  expect(run).toEqual({ secrets: null, workspace: null });
  const rows = await store.db.selectFrom('run_step').select(['sealed', 'input', 'position']).execute();
  expect(rows.every(({ sealed }) => sealed === null)).toBe(true);
  expect(rows.find(({ position }) => position === 1)?.input).toEqual({ name: 'plain' });
});

it('are masked in what failed, and asked for again when it is retried', async () => {
  test.publish(
    templateEntity('t', [{ id: 'f', action: 'fails', input: { token: ex('secrets.token') } }], form),
  );
  const id = await test.start('t', {}, { secrets: { token: SECRET } });
  expect((await test.until(id, hasEnded)).error).toBe('fails: refused ***');
  await expect(test.runs.retry(id, 'Ada')).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringContaining('token'),
  });
  await test.runs.retry(id, 'Ada', { token: 'another one' });
  expect(
    (await test.until(id, ({ state, steps: [step] }) => state === 'failed' && step?.attempts === 1)).error,
  ).toBe('fails: refused ***');
});

it('fail a run that was sealed with another key, and tell so', async () => {
  test.publish(templateEntity('t', steps, form));
  const other = await openTestRuns(store as unknown as Store<RunTables>, {
    seal: new Seal(randomBytes(32)),
    actions: [use, file, gate],
    templates: [templateEntity('t', steps, form)],
  });
  const id = await other.start('t', {}, { secrets: { token: SECRET } });
  test.runs.look();
  const ended = await test.until(id, hasEnded);
  expect(ended).toMatchObject({ state: 'failed', error: expect.stringContaining('another key') });
  await other.close();
});

describe('the key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-key-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('stands in the data folder, for its owner only, and stays', () => {
    const sealed = readSeal(folder).seal('text', 'run');
    expect(statSync(join(folder, 'run-key')).mode & 0o777).toBe(0o600);
    expect(readSeal(folder).open(sealed, 'run').toString()).toBe('text');
  });

  it('is made of what the configuration gives, where it gives something', () => {
    const sealed = readSeal(folder, new Secret('from a vault')).seal('text', 'run');
    expect(readSeal('/nowhere', new Secret('from a vault')).open(sealed, 'run').toString()).toBe('text');
    expect(() => readSeal(folder).open(sealed, 'run')).toThrow('another key');
  });

  it('opens nothing for another run, and nothing that was changed', () => {
    const seal = readSeal(folder);
    const sealed = seal.seal('text', 'one');
    expect(() => seal.open(sealed, 'two')).toThrow('has been changed');
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    expect(() => seal.open(sealed, 'one')).toThrow('has been changed');
  });

  it('is refused when its file is no key', () => {
    writeFileSync(join(folder, 'run-key'), 'short');
    expect(() => readSeal(folder)).toThrow('is no key');
  });
});
