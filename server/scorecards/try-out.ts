/** Trying out: what a text says is wrong, what a rule answers for some entities, and who would change. */
import { sql } from 'kysely';
import type { Problem } from '#model/contribution.ts';
import { readDescriptors } from '#model/descriptor.ts';
import { placeOf } from '#model/document-place.ts';
import type { KindRegistry } from '#model/kinds.ts';
import { refOf } from '#model/ref.ts';
import type { Rule } from '#model/scorecard.ts';
import { validateEntity } from '#model/validate.ts';
import { readRef } from '../kernel/read-ref.ts';
import { partiesOf } from '../ownership/index.ts';
import type { Impact, Tried } from './contract.ts';
import { createTypedEnvironment, type Fault, faultOf } from './engine/environment.ts';
import { type EvaluatorDeps, judgeOnly, type Usable } from './evaluator.ts';
import { explainEntities, probe } from './explained.ts';
import { namedLevels } from './levels.ts';
import { checkScorecard } from './scorecard-store.ts';

export interface TryDeps extends EvaluatorDeps {
  kinds: KindRegistry;
}

export interface CheckedText {
  usable: Usable | null;
  problems: Problem[];
  rules: Rule[];
}

/** Reads the first scorecard in a text, as a source would. Never throws for what is wrong with the text. */
export async function checkText({ factKinds, kinds }: TryDeps, text: string): Promise<CheckedText> {
  const documents = readDescriptors(text);
  const document = documents.find(({ value }) => value?.kind === 'Scorecard') ?? documents[0];
  if (!document?.value) return refused(document?.problems ?? [nothingThere()]);
  const { entity, problems } = validateEntity(document.value, kinds);
  const place = placeOf(text, document.index);
  const found = [...document.problems, ...problems].map(place);
  if (!entity || found.some(({ level }) => level === 'error')) return refused(found);
  if (entity.kind !== 'Scorecard') return refused([...found, notOne(entity.kind)]);
  const environment = createTypedEnvironment(await factKinds.all());
  const checked = checkScorecard(entity, environment);
  const { scorecard } = checked;
  return {
    usable: scorecard && { ...checked, ref: refOf(entity), owner: null, pack: false, scorecard },
    problems: [...found, ...checked.problems.map(place)],
    rules: scorecard?.rules ?? [],
  };
}

const refused = (problems: Problem[]): CheckedText => ({ usable: null, problems, rules: [] });

function nothingThere(): Problem {
  return {
    level: 'error',
    message: 'There is nothing in it',
    remedy: 'Begin with the example of the editor.',
  };
}

function notOne(kind: string): Problem {
  return {
    level: 'error',
    field: 'kind',
    message: `It is of the kind ${kind}`,
    remedy: 'Write kind: Scorecard and apiVersion: atrium.dev/v1alpha1.',
  };
}

/** What one check answers for some entities. */
export async function tryCheck(
  deps: TryDeps,
  { check, when, entities }: { check: string; when: string | null; entities: readonly string[] },
): Promise<Tried> {
  const environment = createTypedEnvironment(await deps.factKinds.all());
  const fault =
    faultIn('check', faultOf(environment, check)) ??
    faultIn('when', when === null ? undefined : faultOf(environment, when));
  if (fault || entities.length === 0) return { fault, items: [] };
  const refs = entities.map((ref, index) => readRef(ref, { field: `entities.${index}` }));
  const card = probe(check, when);
  const explained = await explainEntities(deps, [card], refs);
  return {
    fault: null,
    items: explained.map(({ ref, title, rules: [rule] }) => ({
      ref,
      title,
      result: rule?.result ?? 'unknown',
      message: rule?.reason?.message ?? null,
    })),
  };
}

function faultIn(text: 'check' | 'when', fault: Fault | undefined): Tried['fault'] {
  return fault ? { in: text, ...fault } : null;
}

const MOST_CHANGES = 200;

/** Who would change if the text were published. Nothing is kept. */
export async function impactOf(deps: TryDeps, text: string): Promise<Impact> {
  const { usable: card, problems } = await checkText(deps, text);
  const none = { problems, entities: 0, levels: [], before: {}, after: {}, changes: [], changed: 0 };
  if (!card) return none;
  const { levels } = card.scorecard;
  const said = await judgeOnly(deps, [card]);
  const { rows } = await sql<{ ref: string; level: string | null }>`
    select score.ref, scorecard_version.spec -> 'levels' ->> score.level::int as level
    from score join scorecard_version using (scorecard, version)
    where score.scorecard = ${card.ref} and score.until is null and score.level >= 0`.execute(deps.db);
  const before = new Map(rows.map(({ ref, level }) => [ref, level]));
  const moved = said.flatMap(({ ref, owner, level }) => {
    const [from, to] = [before.get(ref) ?? null, levels[level] ?? null];
    return from === to ? [] : [{ ref, owner, from, to }];
  });
  const shown = moved.slice(0, MOST_CHANGES);
  const titles = await titlesOf(
    deps,
    shown.map(({ ref }) => ref),
  );
  const parties = await partiesOf(
    deps.db,
    shown.map(({ owner }) => owner),
  );
  return {
    ...{ problems, entities: said.length, levels, changed: moved.length },
    before: counted(
      levels,
      said.map(({ ref }) => levels.indexOf(before.get(ref) ?? '')),
    ),
    after: counted(
      levels,
      said.map(({ level }) => level),
    ),
    changes: shown.map(({ ref, owner, from, to }) => ({
      ...{ ref, from, to },
      title: titles.get(ref) ?? ref,
      owner: owner === null ? null : parties(owner),
    })),
  };
}

function counted(levels: string[], positions: readonly number[]): Record<string, number> {
  const counts = new Map<number, number>();
  for (const position of positions) counts.set(position, (counts.get(position) ?? 0) + 1);
  return namedLevels(levels, counts);
}

async function titlesOf({ db }: TryDeps, refs: readonly string[]): Promise<Map<string, string>> {
  if (refs.length === 0) return new Map();
  const rows = await db
    .selectFrom('entity')
    .select(['ref', 'title', 'name'])
    .where('ref', 'in', [...refs])
    .execute();
  return new Map(rows.map(({ ref, title, name }) => [ref, title ?? name]));
}
