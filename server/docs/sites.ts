/** Opens the documentation of entities; what was read a moment ago is kept until its files change. */
import { type Kysely, sql } from 'kysely';
import { LRUCache } from 'lru-cache';
import type { Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import type { FileTools } from '#model/file-tools.ts';
import type { FilesAtHand } from '#model/integration.ts';
import { canonicalRef } from '#model/ref.ts';
import type { NavNode } from './contract.ts';
import { docAnnotations, homeOf } from './site/home.ts';
import { hostOf } from './site/host.ts';
import { readSite } from './site/read-site.ts';
import type { Site } from './site/site.ts';
import type { DocDb } from './tables.ts';

export interface SitesOptions {
  db: Kysely<DocDb>;
  files: FileTools;
  /** Where a source has the files of an address. */
  find: (address: string) => FilesAtHand | undefined;
}

/** Files of a folder that are others now; all of them when none is named. */
export interface Touched {
  folder: string;
  paths: readonly string[];
}

const MOST_HELD = 300;
/** What no source tells of is noticed at the latest then. */
const HELD_MS = 5 * 60_000;
/** Of `techdocs-entity`, from one entity to the next. */
const MOST_HOPS = 3;

export class Sites {
  readonly #options: SitesOptions;
  readonly #held = new LRUCache<string, Promise<Site>>({ max: MOST_HELD, ttl: HELD_MS });

  constructor(options: SitesOptions) {
    this.#options = options;
  }

  /**
   * @param ref canonical. Where the entity shows the documentation of another, it is that one's site.
   * @throws {AtriumError} ENTITY_NOT_FOUND, DOCS_NOT_FOUND, VERSION_NOT_FOUND
   */
  open(ref: string, version?: string): Promise<Site> {
    const key = `${ref}@${version ?? ''}`;
    const held = this.#held.get(key);
    if (held) return held;
    const opening = this.#open(ref, version, MOST_HOPS);
    this.#held.set(key, opening);
    opening.catch(() => {
      if (this.#held.peek(key) === opening) this.#held.delete(key);
    });
    return opening;
  }

  /** Drops what is held of these entities. */
  forget(refs: readonly string[]): void {
    const named = new Set(refs);
    for (const key of this.#held.keys())
      if (named.has(key.slice(0, key.indexOf('@')))) this.#held.delete(key);
  }

  /** Drops what is held of the files. @returns refs of the entities whose site it was. */
  async touch(notice: Touched): Promise<string[]> {
    const refs = new Set<string>();
    for (const [key, opening] of [...this.#held.entries()]) {
      const site = await opening.catch(() => undefined);
      if (!site || !isTouched(site.place, notice)) continue;
      this.#held.delete(key);
      refs.add(key.slice(0, key.indexOf('@')));
    }
    return [...refs];
  }

  async #open(ref: string, version: string | undefined, hops: number): Promise<Site> {
    const entity = await this.#entity(ref);
    const other = entity.metadata.annotations?.[docAnnotations.entity];
    if (other !== undefined && hops > 0) return this.#open(readOther(other, ref), version, hops - 1);
    const home = homeOf(entity);
    if (!home) throw missing(ref, 'no source says where its files are');
    const place = this.#options.find(home.address);
    if (!place) throw missing(ref, `no source reads ${home.address}`);
    const { metadata } = entity;
    const site = await readSite(this.#options.files, {
      ref,
      title: metadata.title ?? metadata.name,
      place,
      version,
      decisions: metadata.annotations?.[docAnnotations.decisions]?.replace(/^\.?\/|\/$/g, ''),
      host: hostOf(home.address),
      links: await this.#apis(ref),
    });
    if (!site) throw missing(ref, 'there is no page in its folder');
    return site;
  }

  async #entity(ref: string): Promise<Entity> {
    const { rows } = await sql<{ body: Entity }>`select body from entity where ref = ${ref}`.execute(
      this.#options.db,
    );
    if (!rows[0]) throw new AtriumError('ENTITY_NOT_FOUND', `There is no entity ${ref}`);
    return rows[0].body;
  }

  /** The reference of what it provides, and of itself where it is an API. */
  async #apis(ref: string): Promise<NavNode[]> {
    const { rows } = await sql<{ ref: string; title: string }>`
      select e.ref, coalesce(e.title, e.name) as title from entity e
      where e.kind = 'api' and (e.ref = ${ref} or e.ref in (
        select to_ref from relation where from_ref = ${ref} and type = 'providesApi'))
      order by title limit 50`.execute(this.#options.db);
    const nodes = rows.map(({ ref: api, title }): NavNode => {
      return { title, href: `/docs/${api.replace(':', '/')}`, mark: 'api' };
    });
    return nodes.length > 1 ? [{ title: 'API reference', children: nodes }] : nodes;
  }
}

export function isTouched(place: FilesAtHand, { folder, paths }: Touched): boolean {
  if (place.folder !== folder) return false;
  return paths.length === 0 || place.path === '' || paths.some((path) => path.startsWith(`${place.path}/`));
}

function readOther(written: string, ref: string): string {
  try {
    return canonicalRef(written);
  } catch {
    throw missing(ref, `its annotation ${docAnnotations.entity} names no entity: ${written}`);
  }
}

function missing(ref: string, why: string): AtriumError {
  return new AtriumError('DOCS_NOT_FOUND', `There is no documentation of ${ref}: ${why}`);
}
