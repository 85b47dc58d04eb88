/** What registering a location would bring: descriptors that are there, or a draft where there are none. */
import { type Kysely, sql } from 'kysely';
import type { z } from 'zod';
import type { Contribution, PartReading } from '#model/contribution.ts';
import { annotations, type Entity } from '#model/entity.ts';
import type { LocationRef } from '#model/locations.ts';
import type { analysisSchema } from './backstage-contract.ts';
import type { CatalogTables } from './tables.ts';

interface Analysis {
  existingEntityFiles: { location: LocationRef; isRegistered: boolean; entity: Entity }[];
  generateEntities: z.infer<typeof analysisSchema>['generateEntities'];
}
type Draft = Analysis['generateEntities'][number];
type DraftField = Draft['fields'][number];

export async function analyzeLocation(
  db: Kysely<CatalogTables>,
  location: LocationRef,
  readings: PartReading[],
): Promise<Analysis> {
  const contributions = readings.flatMap((reading) => reading.contributions);
  const declared = contributions.filter(({ confidence }) => confidence === 'declared');
  if (declared.length === 0) {
    return { existingEntityFiles: [], generateEntities: [draft(location, contributions)] };
  }
  const registered = await knownPlaces(
    db,
    declared.map(({ place }) => place.location),
  );
  return {
    existingEntityFiles: declared.map(({ entity, place }) => ({
      location: locationOf(place.location, location.type),
      isRegistered: registered.has(place.location),
      entity,
    })),
    generateEntities: [],
  };
}

function locationOf(ref: string, otherwise: string): LocationRef {
  const colon = ref.indexOf(':');
  return colon > 0
    ? { type: ref.slice(0, colon), target: ref.slice(colon + 1) }
    : { type: otherwise, target: ref };
}

/** Those places from which the catalog holds an entity already. */
async function knownPlaces(db: Kysely<CatalogTables>, places: string[]): Promise<Set<string>> {
  const prefix = `metadata.annotations.${annotations.managedBy}=`;
  const terms = new Map(places.map((place) => [`${prefix}${place}`.toLowerCase(), place]));
  const { rows } = await sql<{ term: string }>`select distinct term from entity, unnest(terms) term
    where terms && ${[...terms.keys()]}::text[] and term = any(${[...terms.keys()]}::text[])`.execute(db);
  return new Set(rows.map((row) => terms.get(row.term) ?? ''));
}

/** From what discovery found, when it found something; else from the address alone. */
function draft({ target }: LocationRef, contributions: Contribution[]): Draft {
  const found = contributions[0]?.entity;
  const name = found?.metadata.name ?? nameFrom(target);
  const spec = { type: textOf(found, 'type') ?? 'other', lifecycle: textOf(found, 'lifecycle') ?? 'unknown' };
  const owner = textOf(found, 'owner');
  const metadata = { ...found?.metadata, name };
  return {
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind: found?.kind ?? 'Component',
      metadata,
      spec: { ...spec, ...found?.spec },
    },
    fields: [
      suggested('metadata.name', name, 'The name of the entity, taken from the repository.'),
      suggested('spec.type', spec.type, 'What kind of software it is, such as service, website or library.'),
      owner
        ? suggested('spec.owner', owner, 'The owner, as found in the repository.')
        : {
            field: 'spec.owner',
            value: null,
            state: 'needsUserInput',
            description: 'The group or user who owns it.',
          },
    ],
  };
}

function suggested(field: string, value: string, description: string): DraftField {
  return { field, value, state: 'analysisSuggestedValue', description };
}

function textOf(entity: Entity | undefined, field: string): string | undefined {
  const value = entity?.spec?.[field];
  return typeof value === 'string' ? value : undefined;
}

/** The repository's name: the segment behind the owner for an address, the last one for a path. */
function nameFrom(target: string): string {
  const url = URL.parse(target);
  const segments = (url ? url.pathname : target).split('/').filter((segment) => segment !== '');
  const segment = (url ? segments[1] : undefined) ?? segments.at(-1) ?? '';
  const name = segment
    .replace(/\.git$/, '')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 63)
    .replace(/[^A-Za-z0-9]+$/, '');
  return name || 'unnamed';
}
