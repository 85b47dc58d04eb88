/** A scorecard as the text of a descriptor, to go on from. */
import type { RuleAnswer, SourceText } from '#server/scorecards/contract.ts';
import { api } from '#web/kit/api.ts';
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
  const { id, title, description, level, weight, effort, version, why, source, since, graceDays, debt } =
    rule;
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
    debt: debt || null,
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

/** The text of a scorecard as it was written, and the file that it belongs to; made anew where that can't be read. */
export async function begunWith(ref: string, signal: AbortSignal): Promise<Begun> {
  const address = scorecardAddress(ref);
  const [page, { text, path }] = await Promise.all([
    api.get<ScorecardPage>(address, undefined, signal),
    api.get<SourceText>(`${address}/file`, undefined, signal),
  ]);
  const { title, pack } = page.card;
  return { text: text ?? (await textOf(page)), title, path, pack };
}

async function textOf(page: ScorecardPage): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(descriptorOf(page), { lineWidth: 100 });
}
