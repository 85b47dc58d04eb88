/** The state in which a store ends, killed or not. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, startPortal } from '../tools/portal.ts';
import { comparable, type State, stateOf } from './kill-check.ts';
import {
  argumentsFor,
  type CreateDatabase,
  knownLocations,
  POLL_MS,
  register,
  SETTLE_MS,
} from './kill-portal.ts';

/**
 * A second run on the same files and locations that nobody kills must end in the same state. Its locations are
 * those that the killed one knows: one that was kept and not answered yet when the kill came is among them.
 */
export async function compareWithWhole(
  { folder, source, args }: { folder: string; source: string; args: string[] },
  createDatabase: CreateDatabase,
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
    for (const target of locations) await register(portal, target);
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
