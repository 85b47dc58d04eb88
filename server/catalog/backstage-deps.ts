import type { Kysely } from 'kysely';
import type { PartReading } from '#model/contribution.ts';
import type { Entity } from '#model/entity.ts';
import type { KindRegistry } from '#model/kinds.ts';
import type { EntityColumns } from './entity-columns.ts';
import type { Location } from './locations.ts';
import type { ResponseCache } from './response-cache.ts';
import type { CatalogTables } from './tables.ts';

/** What the API needs of the rest: the store, the cache of answers, and those who change the catalog. */
export interface BackstageDeps {
  db: Kysely<CatalogTables>;
  cache: ResponseCache;
  columns: EntityColumns;
  kinds: KindRegistry;
  now(): Date;
  /** Starts to read a location that was just stored. `entity` stands for it in the catalog. */
  registerLocation(location: Location, entity: Entity): Promise<void>;
  /** Takes out what came in through a location that is about to be deleted. */
  unregisterLocation(location: Location): Promise<void>;
  /** Reads the sources of an entity again, soon. */
  refresh(ref: string): Promise<void>;
  /** Takes an entity out until a source says it again. */
  removeEntity(ref: string): Promise<void>;
  /**
   * Reads a location, recursively, and stores nothing.
   * @param fileName of the descriptors to look for, where the location is a repository.
   * @throws {AtriumError} SOURCE_UNREADABLE
   */
  readLocation(type: string, target: string, fileName?: string): Promise<PartReading[]>;
}

/** Query parameters that may be given once or several times. */
export function listOf(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}

/** Comma lists, given once or several times. */
export function commaListOf(value: string | string[] | undefined): string[] {
  return listOf(value)
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}
