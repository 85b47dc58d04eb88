/** Keeps the operations of APIs in the index, beside the pages that people wrote. */
import { type Kysely, sql } from 'kysely';
import type { Entity } from '#model/entity.ts';
import type { DocDb } from '../tables.ts';
import { operationsOf } from './api-operations.ts';
import { API_PAGE } from './api-page.ts';
import { type IndexedPage, writePages } from './index-store.ts';

interface ApiRow {
  ref: string;
  etag: string;
  body: Entity;
}

/** Definitions are large. */
const AT_ONCE = 20;

/** Reads those that are new or other than in the index. */
export async function indexApis(db: Kysely<DocDb>): Promise<void> {
  await sql`
    delete from doc_passage p where page = ${API_PAGE} and not exists (select from entity e where e.ref = p.ref)`.execute(
    db,
  );
  await sql`
    delete from doc_page p where page = ${API_PAGE} and not exists (select from entity e where e.ref = p.ref)`.execute(
    db,
  );
  for (let after = ''; ; ) {
    const { rows } = await sql<ApiRow>`
      select e.ref, e.etag, e.body from entity e left join doc_page p on p.ref = e.ref and p.page = ${API_PAGE}
      where e.kind = 'api' and e.ref > ${after} and p.stamp is distinct from e.etag
      order by e.ref limit ${AT_ONCE}`.execute(db);
    for (const row of rows) await write(db, row);
    if (rows.length < AT_ONCE) return;
    after = rows.at(-1)?.ref ?? '';
  }
}

async function write(db: Kysely<DocDb>, { ref, etag, body }: ApiRow): Promise<void> {
  const { metadata, spec = {} } = body;
  const definition = typeof spec.definition === 'string' ? spec.definition : '';
  const page: IndexedPage = {
    page: API_PAGE,
    path: '',
    real: '',
    title: metadata.title ?? metadata.name,
    stamp: etag,
    words: 0,
    changedAt: null,
    author: null,
    alerts: [],
    outline: { headings: [], links: [], images: [], mentions: [], todos: [] },
    passages: operationsOf(String(spec.type ?? ''), definition),
  };
  await db.transaction().execute(async (tx) => {
    await sql`delete from doc_passage where ref = ${ref} and page = ${API_PAGE}`.execute(tx);
    await writePages(tx, ref, [page]);
  });
}
