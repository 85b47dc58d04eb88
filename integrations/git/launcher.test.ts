import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GitCall, Launcher } from './launcher.ts';

const call = (args: readonly string[], more: Partial<GitCall> = {}): GitCall => ({
  args,
  env: {},
  input: '',
  timeLimit: 30_000,
  ...more,
});
/** A call that goes on for longer than anybody waits. */
const endless = ['-c', 'alias.wait=!sleep 60', 'wait'];

let launcher: Launcher;
beforeEach(() => {
  launcher = new Launcher();
});
afterEach(() => launcher.close());

it('gives what git says and how it ended', async () => {
  const { code, stdout, stderr } = await launcher.run(call(['--version']));
  expect(code).toBe(0);
  expect(stdout.toString()).toMatch(/^git version/);
  expect(stderr).toBe('');
  const refused = await launcher.run(call(['no-such-command']));
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('no-such-command');
});

it('hands over input, keeps calls apart, and brings large answers whole', async () => {
  const text = 'x'.repeat(3_000_000);
  const [id, version] = await Promise.all([
    launcher.run(call(['hash-object', '--stdin'], { input: text })),
    launcher.run(call(['--version'])),
  ]);
  const known = execFileSync('git', ['hash-object', '--stdin'], { input: text, encoding: 'utf8' });
  expect(id.stdout.toString()).toBe(known);
  expect(version.stdout.toString()).toMatch(/^git version/);
  const stripped = await launcher.run(call(['stripspace'], { input: `${text}\n${text}` }));
  expect(stripped.stdout.length).toBe(2 * text.length + 2);
});

it('ends what takes too long, and what nobody waits for', async () => {
  const late = await launcher.run(call(endless, { timeLimit: 50 }));
  expect(late).toMatchObject({ code: null, stderr: 'no answer within 0.05 seconds' });
  const controller = new AbortController();
  const waiting = launcher.run(call(endless), controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  await expect(launcher.run(call(['--version']), controller.signal)).rejects.toMatchObject({
    name: 'AbortError',
  });
});

it('says that there is no git', async () => {
  const { code, isMissing } = await launcher.run(call(['--version'], { env: { PATH: '/nowhere' } }));
  expect({ code, isMissing }).toEqual({ code: null, isMissing: true });
});

it('fails what waits when the process ends, and begins another', async () => {
  const waiting = launcher.run(call(endless));
  await sleep(20);
  launcher.close();
  expect(await waiting).toMatchObject({ code: null, stderr: 'the process that starts git has ended' });
  expect((await launcher.run(call(['--version']))).code).toBe(0);
});
