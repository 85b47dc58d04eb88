/** Views in the store: each person sees and changes their own alone. */
import type { ColumnType, Kysely } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import type { SavedView } from './contract.ts';

export interface SavedViewTable {
  /** Id of who keeps it. */
  principal: string;
  name: string;
  search: ColumnType<SavedView['search'], string, string>;
  saved_at: ColumnType<Date, Date, Date>;
}

export interface ViewTables {
  saved_view: SavedViewTable;
}

/** Of one person. */
const MOST_VIEWS = 50;

export class ViewStore {
  readonly #db: Kysely<ViewTables>;
  readonly #now: () => Date;

  constructor({ db, now }: { db: Kysely<ViewTables>; now: () => Date }) {
    this.#db = db;
    this.#now = now;
  }

  /** Of a person, the oldest first. */
  async list(principal: string): Promise<SavedView[]> {
    return this.#db
      .selectFrom('saved_view')
      .select(['name', 'search'])
      .where('principal', '=', principal)
      .orderBy('saved_at')
      .orderBy('name')
      .execute();
  }

  /** In place of the one of that name. @throws {AtriumError} INPUT_INVALID when there are too many. */
  async keep(principal: string, { name, search }: SavedView): Promise<void> {
    const others = (await this.list(principal)).filter((view) => view.name !== name);
    if (others.length >= MOST_VIEWS) {
      throw new AtriumError('INPUT_INVALID', `name: there are ${MOST_VIEWS} views already; remove one first`);
    }
    const kept = { search: JSON.stringify(search), saved_at: this.#now() };
    await this.#db
      .insertInto('saved_view')
      .values({ principal, name, ...kept })
      .onConflict((conflict) => conflict.columns(['principal', 'name']).doUpdateSet(kept))
      .execute();
  }

  async remove(principal: string, name: string): Promise<void> {
    await this.#db
      .deleteFrom('saved_view')
      .where('principal', '=', principal)
      .where('name', '=', name)
      .execute();
  }
}
