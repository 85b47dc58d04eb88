/** Which kinds of facts there are: those of integrations, and those that came with reported facts. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv } from 'ajv';
import { type Kysely, sql } from 'kysely';
import { AtriumError } from '#model/errors.ts';
import type { FactDeclaration } from '#model/fact.ts';
import type { FactKind } from './contract.ts';
import type { FactTables } from './tables.ts';

/** Stands in place of an integration, for kinds that come by reports alone. */
export const REPORTED = 'report';

export interface ReportedKind extends FactDeclaration {
  by: string;
}

export class FactKinds {
  readonly #db: Kysely<FactTables>;
  readonly #builtIn: ReadonlyMap<string, FactKind>;
  readonly #validators = new Map<string, { schema: string; validate: ValidateFunction }>();

  /** @param observed what each integration declares, by its id. */
  constructor(db: Kysely<FactTables>, observed: ReadonlyMap<string, readonly FactDeclaration[]>) {
    this.#db = db;
    this.#builtIn = new Map(
      [...observed].flatMap(([by, kinds]) =>
        kinds.map((kind) => [kind.name, { ...kind, schema: kind.schema as FactKind['schema'], by }]),
      ),
    );
  }

  /** By name. */
  async all(): Promise<FactKind[]> {
    const rows = await this.#db.selectFrom('fact_kind').selectAll().execute();
    // One that an integration observes by now is the integration’s.
    const own = rows.filter(({ name }) => !this.#builtIn.has(name));
    const reported = own.map(({ name, title, description, schema, declared_by: by }) => ({
      ...{ name, title, description, schema: schema as FactKind['schema'], by },
    }));
    return [...this.#builtIn.values(), ...reported].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** @throws {AtriumError} INPUT_INVALID for a kind of an integration, or a schema that is none. */
  async declare(kinds: readonly ReportedKind[], at: Date): Promise<void> {
    for (const { name, title, description, schema, by } of kinds) {
      const known = this.#builtIn.get(name);
      if (known)
        throw new AtriumError('INPUT_INVALID', `${name} is observed by ${known.by}: take another name`);
      compile(name, schema);
      await sql`insert into fact_kind (name, title, description, schema, declared_by, declared_at)
        values (${name}, ${title}, ${description}, ${JSON.stringify(schema)}, ${by}, ${at})
        on conflict (name) do update set title = excluded.title, description = excluded.description,
          schema = excluded.schema, declared_by = excluded.declared_by, declared_at = excluded.declared_at`.execute(
        this.#db,
      );
    }
  }

  /** @throws {AtriumError} INPUT_INVALID when there is no such kind, or its schema does not take the value in. */
  check(kinds: ReadonlyMap<string, FactKind>, name: string, value: unknown, where: string): void {
    const kind = kinds.get(name);
    if (!kind) {
      const hint = 'send its schema along under kinds';
      throw new AtriumError('INPUT_INVALID', `${where}: there is no kind of fact called ${name}: ${hint}`);
    }
    const observer = this.#builtIn.get(name)?.by ?? REPORTED;
    if (observer !== REPORTED)
      throw new AtriumError('INPUT_INVALID', `${where}: ${name} is observed by ${observer}`);
    const validate = this.#validator(kind);
    if (validate(value)) return;
    const fault = validate.errors?.map(wordsOf).join('; ');
    throw new AtriumError('INPUT_INVALID', `${where}: ${name} is not as its schema says: ${fault}`);
  }

  #validator({ name, schema }: FactKind): ValidateFunction {
    const text = JSON.stringify(schema);
    const known = this.#validators.get(name);
    if (known?.schema === text) return known.validate;
    const validate = compile(name, schema);
    this.#validators.set(name, { schema: text, validate });
    return validate;
  }
}

function compile(name: string, schema: object): ValidateFunction {
  try {
    return new Ajv({ strict: false, logger: false, validateFormats: false }).compile(schema);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AtriumError('INPUT_INVALID', `The schema of ${name} can’t be used: ${reason}`);
  }
}

function wordsOf({ instancePath, message }: ErrorObject): string {
  return `${instancePath || 'it'} ${message ?? 'is wrong'}`;
}
