/** Templates as the catalog has them. */
import { type Kysely, sql } from 'kysely';
import type { Entity } from '#model/entity.ts';
import { readTemplate, type TemplateReading } from '#model/read-template.ts';
import type { CatalogTables } from '../catalog/index.ts';

export interface StoredTemplate extends TemplateReading {
  ref: string;
  entity: Entity;
  /** Canonical ref of its owner. */
  owner: string | null;
}

interface Row {
  ref: string;
  body: string;
  owner: string | null;
}

export class TemplateStore {
  readonly #db: Kysely<CatalogTables>;
  /** By ref: reading one takes longer than fetching it. */
  readonly #read = new Map<string, { etag: string; template: StoredTemplate }>();

  constructor(db: Kysely<CatalogTables>) {
    this.#db = db;
  }

  /** By title. */
  async all(): Promise<StoredTemplate[]> {
    const { rows } = await sql<Row & { etag: string }>`
      select ref, body::text as body, owner, etag from entity where kind = 'template'
      order by lower(coalesce(title, name)), ref`.execute(this.#db);
    for (const ref of this.#read.keys()) if (!rows.some((row) => row.ref === ref)) this.#read.delete(ref);
    return rows.map((row) => this.#readOnce(row));
  }

  async one(ref: string): Promise<StoredTemplate | undefined> {
    const { rows } = await sql<Row & { etag: string }>`
      select ref, body::text as body, owner, etag from entity where kind = 'template' and ref = ${ref}`.execute(
      this.#db,
    );
    const [row] = rows;
    return row && this.#readOnce(row);
  }

  #readOnce({ ref, body, owner, etag }: Row & { etag: string }): StoredTemplate {
    const known = this.#read.get(ref);
    if (known?.etag === etag) return known.template;
    const entity: Entity = JSON.parse(body);
    const template = { ref, entity, owner, ...readTemplate(entity) };
    this.#read.set(ref, { etag, template });
    return template;
  }

  /** What filters can ask of an entity; undefined when there is none. */
  async termsOf(ref: string): Promise<{ terms: ReadonlySet<string>; owner: string | null } | undefined> {
    const row = await this.#db
      .selectFrom('entity')
      .select(['terms', 'owner'])
      .where('ref', '=', ref)
      .executeTakeFirst();
    return row && { terms: new Set(row.terms), owner: row.owner };
  }
}

/** Whether a filter such as `kind=Component,spec.type=service` takes in what has these terms. */
export function takesIn(filter: string, terms: ReadonlySet<string>): boolean {
  return filter
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .every((part) => part === '' || terms.has(part));
}
