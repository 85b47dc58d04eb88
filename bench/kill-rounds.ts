/** Kills a portal while it reads, and looks whether anything that it had said is lost or half there. */
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entity } from '#model/entity.ts';
import { refOf } from '#model/ref.ts';
import { ask, type Portal, startPortal } from '../tools/portal.ts';
import { brokenIn, comparable, type State, stateOf } from './kill-check.ts';
import { generationOf, writeExtra, writeGeneration } from './kill-source.ts';

export interface KillOptions {
  rounds: number;
  /** Makes a database for one run; the embedded store without it. */
  createDatabase?: (name: string) => Promise<string>;
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

const SETTLE_MS = 120_000;
const POLL_MS = 20;
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

async function argumentsFor(
  folder: string,
  name: string,
  source: string,
  createDatabase: KillOptions['createDatabase'],
): Promise<string[]> {
  const config = join(folder, `${name}.yaml`);
  writeFileSync(
    config,
    JSON.stringify({ sources: [{ id: 'parts', target: source, discovery: false }], logLevel: 'error' }),
  );
  const url = await createDatabase?.(`atrium_${name}_${process.pid}`);
  return ['--config', config, '--data', join(folder, name), ...(url ? ['--database', url] : [])];
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
  const registering = register(portal, writeExtra(join(folder, 'files/extra'), round), acknowledged);
  await sleep(afterMs);
  await portal.kill();
  watching.abort();
  await Promise.all([following, registering]);
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

async function register({ url }: Portal, target: string, { locations }: Acknowledged): Promise<void> {
  const body = JSON.stringify({ type: 'file', target });
  const init = { method: 'POST', body, headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${url}/api/catalog/locations`, init).catch(() => undefined);
  if (answer?.status === 201) locations.push(target);
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

/**
 * A second run on the same files and locations that nobody kills must end in the same state. Its locations are
 * those that the killed one knows: one that was kept and not answered yet when the kill came is among them.
 */
async function compareWithWhole(
  { folder, source, args }: Place,
  createDatabase: KillOptions['createDatabase'],
): Promise<string[]> {
  const killed = await finalState(args, []);
  const whole = await finalState(
    await argumentsFor(folder, 'whole', source, createDatabase),
    killed.locations,
  );
  const [a, b] = [new Set(comparable(whole.state)), new Set(comparable(killed.state))];
  const differences = [
    ...[...a].filter((text) => !b.has(text)).map((text) => `only without a kill: ${text}`),
    ...[...b].filter((text) => !a.has(text)).map((text) => `only after kills: ${text}`),
  ];
  return differences.slice(0, 10);
}

interface Final {
  state: State;
  locations: string[];
}

async function finalState(args: string[], locations: readonly string[]): Promise<Final> {
  const portal = await startPortal(args);
  try {
    for (const target of locations) await register(portal, target, { generations: new Map(), locations: [] });
    const deadline = Date.now() + SETTLE_MS;
    for (;;) {
      const { sources } = await ask<{ sources: { state: string }[] }>(portal.url, '/api/sources');
      const isRead = sources.every(({ state }) => state === 'watching');
      if (isRead || Date.now() > deadline) break;
      await sleep(POLL_MS * 5);
    }
    return { state: await stateOf(portal.url), locations: await knownLocations(portal) };
  } finally {
    await portal.stop();
  }
}

async function knownLocations({ url }: Portal): Promise<string[]> {
  const known = await ask<{ data: { target: string } }[]>(url, '/api/catalog/locations');
  return known.map(({ data }) => data.target);
}
