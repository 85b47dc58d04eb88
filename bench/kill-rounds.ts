/** Kills a portal while it reads, and looks whether anything that it had said is lost or half there. */
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entity } from '#model/entity.ts';
import { refOf } from '#model/ref.ts';
import { ask, type Portal, startPortal } from '../tools/portal.ts';
import { brokenIn, type State, stateOf } from './kill-check.ts';
import { compareWithWhole } from './kill-final.ts';
import {
  argumentsFor,
  type CreateDatabase,
  knownLocations,
  POLL_MS,
  register,
  SETTLE_MS,
} from './kill-portal.ts';
import { generationOf, writeExtra, writeGeneration } from './kill-source.ts';

export interface KillOptions {
  rounds: number;
  createDatabase?: CreateDatabase;
  onRound?: (text: string) => void;
}

export interface KillResult {
  rounds: number;
  /** Kills that met a reading under way. */
  midway: number;
  failures: string[];
}

/** What a killed portal had answered before. */
interface Acknowledged {
  generations: Map<string, number>;
  locations: string[];
}

interface Place {
  folder: string;
  source: string;
  args: string[];
}

const FIRST_READING_MS = 3000;

export async function killRounds({ rounds, createDatabase, onRound }: KillOptions): Promise<KillResult> {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-kill-'));
  const source = join(folder, 'files/source');
  const result: KillResult = { rounds, midway: 0, failures: [] };
  try {
    const place = { folder, source, args: await argumentsFor(folder, 'killed', source, createDatabase) };
    let readingMs = FIRST_READING_MS;
    for (let round = 1; round <= rounds; round++) {
      writeGeneration(source, round);
      const { acknowledged, midway } = await readAndKill(place, round, Math.random() * readingMs);
      if (midway) result.midway++;
      const { failures, tookMs } = await restartAndCheck(place, round, acknowledged);
      readingMs = tookMs;
      result.failures.push(...failures.map((failure) => `round ${round}: ${failure}`));
      onRound?.(`round ${round}: ${midway ? 'killed midway' : 'killed'}, ${failures.length} failures`);
    }
    result.failures.push(...(await compareWithWhole(place, createDatabase)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return result;
}

async function readAndKill(
  { folder, args }: Place,
  round: number,
  afterMs: number,
): Promise<{ acknowledged: Acknowledged; midway: boolean }> {
  const portal = await startPortal(args);
  const acknowledged: Acknowledged = { generations: new Map(), locations: [] };
  const watching = new AbortController();
  const following = follow(portal, acknowledged, watching.signal);
  const extra = writeExtra(join(folder, 'files/extra'), round);
  const registering = register(portal, extra);
  await sleep(afterMs);
  await portal.kill();
  watching.abort();
  await following;
  if (await registering) acknowledged.locations.push(extra);
  const seen = [...acknowledged.generations.values()];
  return { acknowledged, midway: !(seen.length > 0 && seen.every((generation) => generation === round)) };
}

/** Notes what the portal says for as long as it can. */
async function follow({ url }: Portal, { generations }: Acknowledged, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const entities = await ask<Entity[]>(
        url,
        '/api/catalog/entities?filter=kind=component&fields=kind,metadata',
      );
      for (const entity of entities)
        generations.set(refOf(entity), generationOf(entity.metadata.description));
    } catch {
      return;
    }
    await sleep(POLL_MS);
  }
}

/** First with all files out of reach, so that what is looked at stands still; then until all is read. */
async function restartAndCheck(
  { folder, args }: Place,
  round: number,
  acknowledged: Acknowledged,
): Promise<{ failures: string[]; tookMs: number }> {
  const [files, hidden] = [join(folder, 'files'), join(folder, 'hidden')];
  renameSync(files, hidden);
  const quiet = await startPortal(args);
  const failures = await checkKept(quiet, acknowledged).finally(() => quiet.kill());
  renameSync(hidden, files);
  const portal = await startPortal(args);
  const began = performance.now();
  const state = await settledState(portal, round);
  const tookMs = performance.now() - began;
  await portal.stop();
  return {
    failures: [...failures, ...(state ? brokenIn(state) : [`generation ${round} was never read whole`])],
    tookMs,
  };
}

async function checkKept(portal: Portal, { generations, locations }: Acknowledged): Promise<string[]> {
  const state = await stateOf(portal.url);
  const now = new Map(
    state.entities.map((entity) => [refOf(entity), generationOf(entity.metadata.description)]),
  );
  const lost = [...generations].flatMap(([ref, before]) => {
    const generation = now.get(ref) ?? 0;
    return generation >= before ? [] : [`${ref} was of generation ${before} and is of ${generation}`];
  });
  const targets = new Set(await knownLocations(portal));
  const forgotten = locations.filter((target) => !targets.has(target));
  return [...lost, ...forgotten.map((target) => `the location ${target} is forgotten`), ...brokenIn(state)];
}

/** @returns nothing when the source is not read in time. */
async function settledState({ url }: Portal, generation: number): Promise<State | undefined> {
  const deadline = Date.now() + SETTLE_MS;
  while (Date.now() < deadline) {
    const { sources } = await ask<{ sources: { state: string }[] }>(url, '/api/sources');
    const state = await stateOf(url);
    const parts = state.entities.filter(({ metadata }) => metadata.name.startsWith('part-'));
    const isRead =
      parts.length > 0 && parts.every(({ metadata }) => generationOf(metadata.description) === generation);
    if (isRead && sources.every((source) => source.state === 'watching')) return stateOf(url);
    await sleep(POLL_MS * 5);
  }
  return undefined;
}
