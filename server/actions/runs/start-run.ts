/** Makes a run and puts it into the queue, both or neither. */
import { randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import { canonicalRef } from '#model/ref.ts';
import type { Template } from '#model/template.ts';
import type { Values } from '../step-action.ts';
import { validateValues } from '../template-values.ts';
import type { RunGuards } from './guards.ts';
import type { RunNews } from './news.ts';
import type { RunQueue } from './queue.ts';
import { newStep, stepSet } from './run-write.ts';
import type { Seal } from './seal.ts';
import type { RunTables, Starter } from './tables.ts';
import { teamOf } from './team.ts';

export interface StartDeps {
  db: Kysely<RunTables>;
  queue: RunQueue;
  news: RunNews;
  seal: Seal;
  guards: RunGuards;
  now: () => Date;
  /** @throws {AtriumError} ENTITY_NOT_FOUND, TEMPLATE_INVALID, TEMPLATE_BLOCKED when it can't be started. */
  startable: (ref: string) => Promise<Template>;
  /** Entities by canonical ref; null where there is none. */
  readEntities: (refs: readonly string[]) => Promise<(Entity | null)[]>;
  /** Whether a template acts on an entity. */
  actsOn: (template: Template, entity: string) => Promise<boolean>;
}

export interface StartRequest {
  template: string;
  values: Values;
  secrets: Record<string, string>;
  starter: Starter;
  /** Ref of the entity that it acts on. */
  entity?: string | undefined;
  /** A second start with the same key is the same run. */
  key?: string | undefined;
  /** The run of which it is a step. */
  parent?: string | undefined;
}

/** A request that has been held against the template. */
export interface CheckedStart {
  template: Template;
  values: Values;
  secrets: Record<string, string>;
  starter: Starter;
  user: Entity | null;
  entity: string | null;
  entityBody: Entity | null;
}

/**
 * @returns the id of the run.
 * @throws {AtriumError} ENTITY_NOT_FOUND, TEMPLATE_INVALID, TEMPLATE_BLOCKED, INPUT_INVALID, RUN_REFUSED
 */
export async function startRun(deps: StartDeps, request: StartRequest): Promise<string> {
  const known = await runOfKey(deps.db, request);
  if (known) return known;
  const checked = await checkStart(deps, request);
  await deps.queue.ready();
  const id = randomUUID();
  const started = await deps.db.transaction().execute(async (tx) => {
    await refuseWhereGuarded(tx, deps.guards, checked);
    if (!(await insertRun(tx, deps, id, request, checked))) return undefined;
    await deps.queue.send(tx, { run: id, turn: 0 });
    return id;
  });
  if (!started) return (await runOfKey(deps.db, request)) ?? id;
  deps.queue.look();
  deps.news.publish(id);
  return id;
}

async function runOfKey(
  db: Kysely<RunTables>,
  { key, starter }: Pick<StartRequest, 'key' | 'starter'>,
): Promise<string | undefined> {
  if (key === undefined) return undefined;
  const row = await db
    .selectFrom('run')
    .select('id')
    .where('started_by', '=', starter.id)
    .where('key', '=', key)
    .executeTakeFirst();
  return row?.id;
}

/** @throws {AtriumError} ENTITY_NOT_FOUND, TEMPLATE_INVALID, TEMPLATE_BLOCKED, INPUT_INVALID */
export async function checkStart(
  deps: Pick<StartDeps, 'startable' | 'readEntities' | 'actsOn'>,
  request: Pick<StartRequest, 'template' | 'values' | 'secrets' | 'starter' | 'entity'>,
): Promise<CheckedStart> {
  const template = await deps.startable(request.template);
  const { values, secrets, problems } = validateValues(template, request.values, request.secrets);
  if (problems.length > 0) {
    const messages = [...new Set(problems.map(({ message }) => message))];
    throw new AtriumError('INPUT_INVALID', messages.join('; '));
  }
  const { starter } = request;
  const [user = null] = starter.ref ? await deps.readEntities([starter.ref]) : [];
  const target = await targetOf(deps, template, request.entity);
  return { template, values, secrets, starter, user, ...target };
}

async function targetOf(
  { readEntities, actsOn }: Pick<StartDeps, 'readEntities' | 'actsOn'>,
  template: Template,
  given: string | undefined,
): Promise<{ entity: string | null; entityBody: Entity | null }> {
  if (given === undefined) {
    if (template.guardRails.for === undefined) return { entity: null, entityBody: null };
    throw new AtriumError('INPUT_INVALID', `${template.title} acts on an entity: name it as entity`);
  }
  const entity = readRef(given);
  const [entityBody] = await readEntities([entity]);
  if (!entityBody) throw new AtriumError('ENTITY_NOT_FOUND', `There is no entity ${entity}`);
  if (template.guardRails.for !== undefined && !(await actsOn(template, entity))) {
    throw new AtriumError('INPUT_INVALID', `${template.title} does not act on ${entity}`);
  }
  return { entity, entityBody };
}

function readRef(text: string): string {
  try {
    return canonicalRef(text);
  } catch (cause) {
    throw new AtriumError('INPUT_INVALID', cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** @throws {AtriumError} RUN_REFUSED */
async function refuseWhereGuarded(
  tx: Transaction<RunTables>,
  guards: RunGuards,
  checked: CheckedStart,
): Promise<void> {
  const refusals = await guards.refusals(tx, checked);
  if (refusals.length > 0) throw new AtriumError('RUN_REFUSED', refusals.join(' '));
}

/** @returns false when there is a run with its key. */
async function insertRun(
  tx: Transaction<RunTables>,
  { seal, guards, now, news }: StartDeps,
  id: string,
  { key, parent }: StartRequest,
  { template, values, secrets, starter, user, entity, entityBody }: CheckedStart,
): Promise<boolean> {
  const steps = guards.stepsOf(template);
  const names = Object.keys(secrets);
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value));
  const at = now();
  const inserted = tx
    .insertInto('run')
    .values({
      id,
      key: key ?? null,
      template: template.ref,
      template_title: template.title,
      template_body: JSON.stringify(template.entity),
      steps: JSON.stringify(steps),
      starter: JSON.stringify(starter),
      started_by: starter.id,
      team: teamOf({ values, starter }),
      user_body: json(user),
      entity,
      entity_body: json(entityBody),
      input: JSON.stringify(values),
      secret_names: names,
      secrets: names.length > 0 ? seal.sealJson(secrets, id) : null,
      state: 'queued',
      doing: 'steps',
      created_at: at,
      saves_minutes: template.savesMinutes,
      turn: 0,
      wakes: 0,
      parent: parent ?? null,
      event_count: 1,
    } as never)
    .onConflict((conflict) =>
      conflict.columns(['started_by', 'key']).where('key', 'is not', null).doNothing(),
    )
    .returning('id');
  const fresh = steps.map((_, position) => newStep(position));
  // One statement: each more costs the run as long as one of its steps.
  const { rows } = await sql`
    with fresh as (${inserted}),
    told as (
      insert into run_event (run, id, at, kind, level, message, state)
      select id, 1, ${at}::timestamptz, 'run', 'info', ${`${starter.name} started ${template.title}`}, 'queued' from fresh),
    steps as (
      insert into run_step (run, position, round, state)
      select id, position::int, round::int, row_set.state from fresh, ${stepSet(fresh)})
    select ${news.notify(id)} from fresh`.execute(tx);
  return rows.length > 0;
}
