/** What is to be true of the runs of killed portals once all have ended. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endedStates } from '#model/run-states.ts';
import type { Run } from '#server/actions/contract.ts';
import { ask, type Portal } from '../tools/portal.ts';
import type { Receiver } from './kill-runs-receiver.ts';

const POLL_MS = 100;
const SETTLE_MS = 120_000;

export interface EndedRun {
  run: Run;
  /** A person had to say whether the request had been sent. */
  wasAsked: boolean;
}

/**
 * Answers what runs ask as somebody would who looks at the receiving end, and rolls back what failed.
 * @throws when a run does not end in time.
 */
export async function settleRuns(
  portal: Portal,
  receiver: Receiver,
  ids: readonly string[],
): Promise<EndedRun[]> {
  const ended: EndedRun[] = [];
  for (const id of ids) ended.push(await settleRun(portal, receiver, id));
  return ended;
}

async function settleRun({ url }: Portal, receiver: Receiver, id: string): Promise<EndedRun> {
  const deadline = Date.now() + SETTLE_MS;
  const send = (path: string, body: unknown = {}) =>
    ask(url, `/api/runs/${id}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  let wasAsked = false;
  let wasRolledBack = false;
  for (;;) {
    const run = await ask<Run>(url, `/api/runs/${id}`);
    if (run.state === 'asking') {
      const asking = run.steps.find(({ state }) => state === 'asking')?.id;
      const isOrder = asking === 'order';
      wasAsked ||= isOrder;
      // A step of the portal itself that was killed too often to be tried further finds what it had done.
      const answer = isOrder && receiver.of(id) > 0 ? 'done' : 'again';
      if (asking !== undefined) await send(`/steps/${asking}/answer`, { answer });
    } else if (run.state === 'failed' && run.may.rollBack && !wasRolledBack) {
      wasRolledBack = true;
      await send('/roll-back');
    } else if (endedStates.includes(run.state)) return { run, wasAsked };
    if (Date.now() > deadline)
      throw new Error(`The run ${id} is still ${run.state}: ${JSON.stringify(run.steps)}`);
    await sleep(POLL_MS);
  }
}

/** @returns what is not as it should be, in words. */
export function leftBehind(data: string, receiver: Receiver, runs: readonly EndedRun[]): string[] {
  const wrong = runs.flatMap(({ run }) => wrongWith(run, data, receiver));
  const listed = new Set(
    runs.filter(({ run }) => run.state === 'succeeded').map(({ run }) => `${run.values.name}.git`),
  );
  const repositories = readdirSync(join(data, 'repositories')).filter((name) => !listed.has(name));
  const work = readdirSync(join(data, 'work'), { recursive: true }).filter((name) =>
    /run-|tree-/.test(String(name)),
  );
  return [
    ...wrong,
    ...repositories.map((name) => `the repository ${name} is left, and no run lists it`),
    ...work.map((name) => `work/${name} is left`),
  ];
}

function wrongWith({ id, state, values, error }: Run, data: string, receiver: Receiver): string[] {
  const wanted = values.fails ? 'rolled-back' : 'succeeded';
  const sent = receiver.of(id);
  const repository = join(data, 'repositories', `${values.name}.git`);
  return [
    ...(state === wanted ? [] : [`the run ${id} is ${state}, not ${wanted}: ${error}`]),
    ...(sent === 1 ? [] : [`the run ${id} sent its request ${sent} times`]),
    ...(wanted === 'succeeded' && commitsIn(repository) !== 1
      ? [`${repository} does not hold one commit`]
      : []),
  ];
}

function commitsIn(repository: string): number {
  if (!existsSync(repository)) return 0;
  return Number(
    execFileSync('git', ['-C', repository, 'rev-list', '--all', '--count'], { encoding: 'utf8' }),
  );
}
