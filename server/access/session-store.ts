/** Sessions in the store. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { SessionTable, SessionTables } from './session-tables.ts';

export type SessionRow = Selectable<SessionTable>;

/** How long sessions last, in milliseconds. */
export interface SessionLife {
  /** One that is not used so long ends. */
  idle: number;
  /** Every one ends after so long. */
  whole: number;
}

/** Requests that were sent with an id before it was replaced are let in for so long. */
const GRACE_MS = 60_000;

export class SessionStore {
  readonly #db: Kysely<SessionTables>;
  readonly #life: SessionLife;

  constructor(db: Kysely<SessionTables>, life: SessionLife) {
    this.#db = db;
    this.#life = life;
  }

  /** The session that a secret opens at this time, and until when it does. */
  async find(hash: string, at: Date): Promise<{ row: SessionRow; until: number } | undefined> {
    const row = await this.#db
      .selectFrom('session')
      .selectAll()
      .where((where) => where.or([where('hash', '=', hash), where('previous_hash', '=', hash)]))
      .executeTakeFirst();
    if (!row) return undefined;
    const grace = row.hash === hash ? Number.POSITIVE_INFINITY : row.rotated_at.getTime() + GRACE_MS;
    const until = Math.min(this.#endOf(row), grace);
    return at.getTime() < until ? { row, until } : undefined;
  }

  /** The session of that id, whatever its secret is meanwhile; undefined when it has ended at this time. */
  async findById(id: string, at: Date): Promise<SessionRow | undefined> {
    const row = await this.#db.selectFrom('session').selectAll().where('id', '=', id).executeTakeFirst();
    return row && at.getTime() < this.#endOf(row) ? row : undefined;
  }

  async insert(
    row: Pick<SessionRow, 'id' | 'hash' | 'person' | 'provider' | 'id_token' | 'address' | 'agent'>,
    at: Date,
  ) {
    const times = { created_at: at, rotated_at: at, seen_at: at };
    await this.#db
      .insertInto('session')
      .values({ ...row, previous_hash: null, ...times })
      .execute();
  }

  async seen(id: string, at: Date): Promise<void> {
    await sql`update session set seen_at = greatest(seen_at, ${at}::timestamptz) where id = ${id}`.execute(
      this.#db,
    );
  }

  /** @returns false when it has ended, or another request was faster. */
  async rotate(id: string, from: string, to: string, at: Date): Promise<boolean> {
    const row = await this.#db
      .updateTable('session')
      .set({ hash: to, previous_hash: from, rotated_at: at })
      .where('id', '=', id)
      .where('hash', '=', from)
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Those of a person, or of everybody, that have not ended; the last used first. */
  async of(person: string | undefined, at: Date, most: number): Promise<SessionRow[]> {
    return this.#db
      .selectFrom('session')
      .selectAll()
      .$if(person !== undefined, (query) => query.where('person', '=', person ?? ''))
      .where('created_at', '>', new Date(at.getTime() - this.#life.whole))
      .where('seen_at', '>', new Date(at.getTime() - this.#life.idle))
      .orderBy('seen_at', 'desc')
      .orderBy('id')
      .limit(most)
      .execute();
  }

  /** Those of a person, with an id, or both; everybody's without any. @returns those that ended by this. */
  async remove({ person, id }: { person?: string; id?: string }): Promise<SessionRow[]> {
    return this.#db
      .deleteFrom('session')
      .$if(person !== undefined, (query) => query.where('person', '=', person ?? ''))
      .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
      .returningAll()
      .execute();
  }

  async removeEnded(at: Date): Promise<void> {
    await this.#db
      .deleteFrom('session')
      .where((where) =>
        where.or([
          where('created_at', '<=', new Date(at.getTime() - this.#life.whole)),
          where('seen_at', '<=', new Date(at.getTime() - this.#life.idle)),
        ]),
      )
      .execute();
  }

  #endOf({ created_at, seen_at }: SessionRow): number {
    return Math.min(created_at.getTime() + this.#life.whole, seen_at.getTime() + this.#life.idle);
  }
}
