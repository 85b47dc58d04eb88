/** Reads scorecards and campaigns; what is wrong with one is told by field. */
import type { Problem } from './contribution.ts';
import type { Entity } from './entity.ts';
import { canonicalRef, refOf } from './ref.ts';
import type { Campaign, Effort, Remedy, Rule, RuleCheck, Scorecard } from './scorecard.ts';
import { isRecord } from './value-words.ts';

export interface ScorecardReading {
  /** Null when nothing can be checked by it. */
  scorecard: Scorecard | null;
  problems: Problem[];
}

const DEFAULT_SCOPE = 'kind=component';
const DEFAULT_REMINDERS = [30, 14, 7, 1];

/** Reads a scorecard whose spec has passed the schema of its kind. Never throws. */
export function readScorecard(entity: Entity): ScorecardReading {
  const spec = entity.spec ?? {};
  const problems: Problem[] = [];
  const levels = texts(spec.levels);
  const rules = records(spec.rules).map((rule, index) => readRule(rule, index, levels, problems));
  const ids = rules.map(({ id }) => id);
  for (const [index, id] of ids.entries()) {
    if (ids.indexOf(id) === index) continue;
    problems.push(
      fault(`spec.rules.${index}.id`, `Two rules are called ${id}`, 'Give each rule an id of its own.'),
    );
  }
  if (rules.length === 0 || levels.length === 0) {
    problems.push(
      fault('spec', 'There are no levels or no rules', 'Name levels, and rules with a level each.'),
    );
  }
  const scorecard: Scorecard = {
    ref: refOf(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    description: entity.metadata.description ?? null,
    owner: textOf(spec.owner),
    draft: spec.state === 'draft',
    appliesTo: filtersOf(spec.appliesTo) ?? [DEFAULT_SCOPE],
    levels,
    graceDays: numberOf(spec.graceDays, 0),
    rules,
  };
  return { scorecard: problems.length > 0 ? null : scorecard, problems };
}

function readRule(rule: Record<string, unknown>, index: number, levels: string[], problems: Problem[]): Rule {
  const level = textOf(rule.level) ?? '';
  if (!levels.includes(level)) {
    problems.push(
      fault(
        `spec.rules.${index}.level`,
        `The level “${level}” is none of ${levels.join(', ')}`,
        'Name one of the levels, or add it to spec.levels.',
      ),
    );
  }
  return {
    id: textOf(rule.id) ?? '',
    title: textOf(rule.title) ?? textOf(rule.id) ?? '',
    description: textOf(rule.description),
    level,
    weight: numberOf(rule.weight, 1),
    effort: (textOf(rule.effort) ?? 'medium') as Effort,
    version: numberOf(rule.version, 1),
    checks: checksOf(rule),
    why: textOf(rule.why),
    source: textOf(rule.source),
    remedy: remedyOf(rule.remedy),
    since: textOf(rule.since),
    graceDays: numberOf(rule.graceDays, 0),
    debt: rule.debt === true,
  };
}

function checksOf({ check, checks }: Record<string, unknown>): RuleCheck[] {
  const variants = records(checks).map((variant) => ({
    when: textOf(variant.when),
    check: textOf(variant.check) ?? 'false',
  }));
  const plain = textOf(check);
  return plain === null ? variants : [...variants, { when: null, check: plain }];
}

function remedyOf(value: unknown): Remedy {
  const { text, url, document, template, values } = isRecord(value) ? value : {};
  return {
    text: textOf(text),
    url: textOf(url),
    document: textOf(document),
    template: refIn(template, 'template'),
    values: isRecord(values) ? values : {},
  };
}

export interface CampaignReading {
  campaign: Campaign | null;
  problems: Problem[];
}

/** Reads a campaign whose spec has passed the schema of its kind. Never throws. */
export function readCampaign(entity: Entity): CampaignReading {
  const spec = entity.spec ?? {};
  const problems: Problem[] = [];
  const deadline = textOf(spec.deadline) ?? '';
  const starts = textOf(spec.starts);
  const scorecard = refIn(spec.scorecard, 'scorecard', entity.metadata.namespace);
  if (!scorecard)
    problems.push(fault('spec.scorecard', 'It names no scorecard', 'Write the ref of a scorecard.'));
  for (const [field, value] of Object.entries({ deadline, starts })) {
    if (value === null || !Number.isNaN(Date.parse(value))) continue;
    problems.push(fault(`spec.${field}`, `“${value}” is no day`, 'Write it as in 2026-12-31.'));
  }
  if (starts && starts > deadline) {
    problems.push(fault('spec.starts', 'It starts after its deadline', 'Set an earlier day.'));
  }
  const campaign: Campaign = {
    ref: refOf(entity),
    title: entity.metadata.title ?? entity.metadata.name,
    description: entity.metadata.description ?? null,
    owner: textOf(spec.owner),
    scorecard: scorecard ?? '',
    rules: texts(spec.rules),
    level: textOf(spec.level),
    starts,
    deadline,
    audience: filtersOf(spec.audience) ?? [],
    remindDays: Array.isArray(spec.remindDays) ? spec.remindDays.map(Number) : DEFAULT_REMINDERS,
    issues: spec.issues === true,
  };
  return { campaign: problems.length > 0 ? null : campaign, problems };
}

function fault(field: string, message: string, remedy: string): Problem {
  return { level: 'error', field, message, remedy };
}

function refIn(value: unknown, kind: string, namespace?: string): string | null {
  try {
    return typeof value === 'string' ? canonicalRef(value, { kind, ...(namespace && { namespace }) }) : null;
  } catch {
    return null;
  }
}

function filtersOf(value: unknown): string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? texts(value) : undefined;
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);
const numberOf = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise);
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
const records = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];
