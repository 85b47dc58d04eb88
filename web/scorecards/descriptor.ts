/** A scorecard as the text of a descriptor, to go on from. */
import type { GoldenRecord } from '#server/catalog/contract.ts';
import type { RuleAnswer } from '#server/scorecards/contract.ts';
import { ApiError, api } from '#web/kit/api.ts';
import { readRef } from '#web/kit/ref.ts';
import { type ScorecardPage, scorecardAddress } from './queries.ts';

export interface Begun {
  text: string;
  title: string;
  /** The file that says it now; null where none does. */
  path: string | null;
  pack: boolean;
}

type Values = Record<string, unknown>;

/** Without what says no more than its absence does. */
function said(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => {
      if (value === null || value === undefined) return false;
      return typeof value !== 'object' || Object.keys(value).length > 0;
    }),
  );
}

/** Whatever the check, one that is for all stands by itself. */
function checksOf(checks: RuleAnswer['checks']): Values {
  const [only] = checks;
  if (checks.length === 1 && only && only.when === null) return { check: only.check };
  return { checks: checks.map(({ when, check }) => said({ when, check })) };
}

function ruleOf(rule: RuleAnswer): Values {
  const { id, title, description, level, weight, effort, version, why, source, since, graceDays } = rule;
  return said({
    ...{ id, title, description, level },
    weight: weight === 1 ? null : weight,
    effort: effort === 'medium' ? null : effort,
    version: version === 1 ? null : version,
    ...checksOf(rule.checks),
    ...{ why, source },
    remedy: said({ ...rule.remedy }),
    since,
    graceDays: graceDays === 0 ? null : graceDays,
  });
}

export function descriptorOf({ card, appliesTo, graceDays, rules }: ScorecardPage): Values {
  const { namespace, name } = readRef(card.ref);
  return {
    apiVersion: 'atrium.dev/v1alpha1',
    kind: 'Scorecard',
    metadata: said({
      name,
      namespace: namespace === 'default' ? null : namespace,
      title: card.title === name ? null : card.title,
      description: card.description,
    }),
    spec: said({
      owner: card.owner?.ref,
      state: card.draft ? 'draft' : null,
      appliesTo: appliesTo.length === 1 ? appliesTo[0] : appliesTo,
      levels: card.levels,
      graceDays: graceDays === 0 ? null : graceDays,
      rules: rules.map(ruleOf),
    }),
  };
}

/** Where it is declared, as the catalog knows it. One that comes with Atrium is in no file of anybody's. */
async function declaredIn(ref: string): Promise<string | null> {
  const { kind, namespace, name } = readRef(ref);
  const path = [kind, namespace, name].map(encodeURIComponent).join('/');
  try {
    const { sources } = await api.get<GoldenRecord>(`/api/catalog/records/${path}`);
    const source = sources.find(({ confidence }) => confidence === 'declared') ?? sources[0];
    return source?.location.replace(/^(?:url|file):/, '') ?? null;
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return null;
    throw error;
  }
}

/** The text of a scorecard that there is, and the file that it belongs to. */
export async function begunWith(ref: string, signal: AbortSignal): Promise<Begun> {
  const [page, path, { stringify }] = await Promise.all([
    api.get<ScorecardPage>(scorecardAddress(ref), undefined, signal),
    declaredIn(ref),
    import('yaml'),
  ]);
  const { title, pack } = page.card;
  return { text: stringify(descriptorOf(page), { lineWidth: 100 }), title, path: pack ? null : path, pack };
}
