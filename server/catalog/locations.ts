/** The registered locations: the store behind `/api/catalog/locations`. */
import { type Kysely, sql } from 'kysely';
import { annotations, type Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import { formatLocationRef, generatedLocationName, type LocationRef } from '#model/locations.ts';
import { locationEntityRef } from './ancestry.ts';
import { type Condition, holds } from './filter.ts';
import { decodeJson, encodeCursor } from './order-and-cursor.ts';
import type { CatalogTables } from './tables.ts';

export interface Location {
  id: string;
  type: string;
  target: string;
  entityRef: string;
}

const columns = sql`id, type, target, entity_ref as "entityRef"`;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export interface LocationStore {
  list(): Promise<Location[]>;
  /** @throws {AtriumError} LOCATION_NOT_FOUND */
  get(id: string): Promise<Location>;
  find(location: LocationRef): Promise<Location | undefined>;
  /** @param madeBy key of the step of a run that registers it. @throws {AtriumError} LOCATION_EXISTS */
  add(location: LocationRef, madeBy?: string): Promise<Location>;
  isMadeBy(id: string, key: string): Promise<boolean>;
  /** @throws {AtriumError} LOCATION_NOT_FOUND, LOCATION_EXISTS */
  change(id: string, location: LocationRef): Promise<Location>;
  remove(id: string): Promise<void>;
}

export function createLocationStore(db: Kysely<CatalogTables>, now: () => Date): LocationStore {
  const store: LocationStore = {
    async list() {
      return (await sql<Location>`select ${columns} from location order by created_at, id`.execute(db)).rows;
    },
    async get(id) {
      const found = UUID.test(id)
        ? (await sql<Location>`select ${columns} from location where id = ${id}`.execute(db)).rows[0]
        : undefined;
      return found ?? missing(id);
    },
    async find({ type, target }) {
      return (
        await sql<Location>`select ${columns} from location
          where type = ${type} and target = ${target}`.execute(db)
      ).rows[0];
    },
    async add({ type, target }, madeBy) {
      const ref = await locationEntityRef({ type, target });
      const { rows } =
        await sql<Location>`insert into location (type, target, entity_ref, created_at, made_by)
        values (${type}, ${target}, ${ref}, ${now()}, ${madeBy ?? null})
        on conflict do nothing returning ${columns}`.execute(db);
      return rows[0] ?? conflict({ type, target });
    },
    async isMadeBy(id, key) {
      const { rows } = await sql`select from location where id = ${id} and made_by = ${key}`.execute(db);
      return rows.length > 0;
    },
    async change(id, { type, target }) {
      await store.get(id);
      const ref = await locationEntityRef({ type, target });
      const { rows } = await sql<Location>`update location
        set type = ${type}, target = ${target}, entity_ref = ${ref}
        where id = ${id} and not exists (
          select from location other where other.id <> ${id} and other.type = ${type} and other.target = ${target})
        returning ${columns}`.execute(db);
      return rows[0] ?? conflict({ type, target });
    },
    async remove(id) {
      await sql`delete from location where id = ${id}`.execute(db);
    },
  };
  return store;
}

function missing(id: string): never {
  throw new AtriumError('LOCATION_NOT_FOUND', `Found no location with ID "${id}"`);
}

function conflict({ type, target }: LocationRef): never {
  throw new AtriumError('LOCATION_EXISTS', `Location ${type}:${target} already exists`);
}

/** @throws {AtriumError} INPUT_INVALID, ADDRESS_REFUSED when it can’t be registered at all. */
export function checkLocation(location: LocationRef): LocationRef {
  const address = URL.parse(location.target.trim());
  // Before it is stored or written down anywhere: the login is somebody's.
  if (/^https?:$/.test(address?.protocol ?? '') && (address?.username || address?.password)) {
    throw new AtriumError(
      'ADDRESS_REFUSED',
      'The address holds a login: give it to a source of the configuration',
    );
  }
  try {
    const trimmed = { type: location.type.trim(), target: location.target.trim() };
    formatLocationRef(trimmed);
    return trimmed;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AtriumError('INPUT_INVALID', reason, { cause });
  }
}

/** The entity that stands for a registered location. */
export async function locationEntity({ type, target }: LocationRef): Promise<Entity> {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: {
      name: await generatedLocationName(type, target),
      namespace: 'default',
      annotations: {
        [annotations.managedBy]: `${type}:${target}`,
        [annotations.managedByOrigin]: `${type}:${target}`,
      },
    },
    spec: { type, target },
  };
}

export interface LocationPage {
  items: Location[];
  totalItems: number;
  pageInfo: { nextCursor?: string };
}

interface LocationCursor {
  query?: unknown;
  limit: number;
  after: string;
}

/** Locations are few, so they are all read and chosen from in memory. */
export function pageOfLocations(all: Location[], condition: Condition, cursor: LocationCursor): LocationPage {
  const matching = all
    .filter((location) => holds(condition, termsOf(location)))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const rest = matching.filter(({ id }) => id > cursor.after);
  const items = rest.slice(0, cursor.limit);
  const last = items.at(-1);
  const more = rest.length > items.length && last !== undefined;
  const pageInfo = more ? { nextCursor: encodeCursor({ ...cursor, after: last.id }) } : {};
  return { items, totalItems: matching.length, pageInfo };
}

/** @throws {AtriumError} CURSOR_INVALID */
export function decodeLocationCursor(text: string): LocationCursor {
  const value = decodeJson(text);
  if (typeof value !== 'object' || value === null || !('limit' in value) || !('after' in value)) {
    throw new AtriumError('CURSOR_INVALID', 'The cursor is not one that this server gave out');
  }
  const { limit, after } = value;
  const query = 'query' in value ? value.query : undefined;
  if (typeof limit !== 'number' || limit < 1 || typeof after !== 'string') {
    throw new AtriumError('CURSOR_INVALID', 'The cursor is not one that this server gave out');
  }
  return { query, limit, after };
}

function termsOf(location: Location): Set<string> {
  return new Set(
    Object.entries(location).flatMap(([key, value]) => [
      key.toLowerCase(),
      `${key.toLowerCase()}=${String(value).toLowerCase()}`,
    ]),
  );
}
