/** Through which Location entities an entity came into the catalog. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { annotations, type Entity } from '#model/entity.ts';
import {
  generatedLocationName,
  type LocationRef,
  locationTargets,
  parseLocationRef,
  resolveTarget,
} from '#model/locations.ts';
import type { CatalogTables } from './tables.ts';

export interface Ancestor {
  ref: string;
  parentEntityRefs: string[];
}

interface Stored {
  ref: string;
  body: Entity;
}

/** Longer chains of Locations than this are a loop or a mistake. */
const MAX_DEPTH = 20;

/** The Location entity that registering `type:target` makes. */
export async function locationEntityRef({ type, target }: LocationRef): Promise<string> {
  return `location:default/${await generatedLocationName(type, target)}`;
}

/** From the entity to the root; undefined when there is no such entity. */
export async function ancestryOf(db: Kysely<CatalogTables>, ref: string): Promise<Ancestor[] | undefined> {
  const [start] = await entitiesWhere(db, sql`ref = ${ref}`);
  if (!start) {
    return undefined;
  }
  const origin = locationIn(start, annotations.managedByOrigin);
  const root = origin && (await locationEntityRef(origin));
  const remaining = origin && root ? await locationsOf(db, origin, root) : [];
  const chain: Ancestor[] = [];
  let current: Stored | undefined = start;
  while (current && chain.length < MAX_DEPTH) {
    const seen: string = current.ref;
    const others = remaining.filter(
      (location) => location.ref !== seen && !chain.some((a) => a.ref === location.ref),
    );
    const parent: Stored | undefined = seen === root ? undefined : parentOf(current, others, root);
    chain.push({ ref: seen, parentEntityRefs: parent ? [parent.ref] : [] });
    current = parent;
  }
  return chain;
}

/** The registered location, and the Location entities that came in through it. */
function locationsOf(
  db: Kysely<CatalogTables>,
  { type, target }: LocationRef,
  root: string,
): Promise<Stored[]> {
  const term = `metadata.annotations.${annotations.managedByOrigin}=${type}:${target}`.toLowerCase();
  return entitiesWhere(db, sql`ref = ${root} or (kind = 'location' and terms @> array[${term}]::text[])`);
}

async function entitiesWhere(db: Kysely<CatalogTables>, where: RawBuilder<unknown>): Promise<Stored[]> {
  return (await sql<Stored>`select ref, body from entity where ${where}`.execute(db)).rows;
}

/** The Location that names the file in which this was read, else the registered location itself. */
function parentOf(child: Stored, locations: Stored[], root: string | undefined): Stored | undefined {
  const place = locationIn(child, annotations.managedBy);
  const naming = place && locations.find((location) => names(location, place));
  return naming ?? locations.find((location) => location.ref === root);
}

function names(location: Stored, place: LocationRef): boolean {
  const holder = locationIn(location, annotations.managedBy);
  const { type, targets = [] } = locationTargets(location.body) ?? {};
  const resolved = targets.map((target) => quietly(() => (holder ? resolveTarget(target, holder) : target)));
  return (type ?? holder?.type) === place.type && resolved.includes(place.target);
}

function locationIn({ body }: Stored, annotation: string): LocationRef | undefined {
  const text = body.metadata.annotations?.[annotation];
  return text === undefined ? undefined : quietly(() => parseLocationRef(text));
}

/** What can't be read leads nowhere, and a reader of the ancestry can do nothing about it. */
function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
