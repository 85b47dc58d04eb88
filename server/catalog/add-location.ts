/** Registers locations, tries them, and takes them out again; for the API and for step actions. */
import type { Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import type { LocationRef } from '#model/locations.ts';
import { locationEntityRef } from './ancestry.ts';
import type { BackstageDeps } from './backstage-deps.ts';
import { type Location, type LocationStore, locationEntity } from './locations.ts';

type Deps = Pick<BackstageDeps, 'registerLocation' | 'unregisterLocation' | 'refresh' | 'readLocation'>;

/** Stored first, so that a location is registered once; taken back when the reader refuses it. */
export async function addLocation(
  deps: Deps,
  store: LocationStore,
  location: LocationRef,
  { onConflict, madeBy }: { onConflict: 'refresh' | 'reject'; madeBy?: string },
): Promise<Location> {
  const existing = onConflict === 'refresh' ? await store.find(location) : undefined;
  if (existing) {
    await deps.refresh(existing.entityRef);
    return existing;
  }
  const added = await store.add(location, madeBy);
  try {
    await deps.registerLocation(added, await locationEntity(added));
  } catch (error) {
    await store.remove(added.id);
    throw error;
  }
  return added;
}

/** Reads what stands there, and registers nothing. @throws {AtriumError} SOURCE_UNREADABLE, ENTITY_INVALID */
export async function tryLocation(deps: Deps, store: LocationStore, location: LocationRef) {
  const exists = (await store.find(location)) !== undefined;
  const readings = await readLocation(deps, location);
  const found = readings.flatMap(({ contributions }) => contributions.map(({ entity }) => entity));
  const { type, target } = location;
  const entityRef = await locationEntityRef(location);
  const entities: Entity[] = [await locationEntity(location), ...found];
  return { location: { id: `${type}:${target}`, type, target, entityRef }, entities, exists };
}

/** @throws {AtriumError} SOURCE_UNREADABLE, ENTITY_INVALID */
async function readLocation(deps: Deps, { type, target }: LocationRef) {
  const readings = await deps.readLocation(type, target);
  const problems = readings.flatMap((reading) => [
    ...(reading.problems ?? []),
    ...reading.contributions.flatMap((contribution) => contribution.problems ?? []),
  ]);
  const error = problems.find(({ level }) => level === 'error');
  if (error) {
    throw new AtriumError('ENTITY_INVALID', `${type}:${target}: ${error.message}. ${error.remedy}`);
  }
  return readings;
}

/** What came in through it leaves as well. */
export async function removeLocation(deps: Deps, store: LocationStore, location: Location): Promise<void> {
  await deps.unregisterLocation(location);
  await store.remove(location.id);
}
