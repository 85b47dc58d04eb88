import type { Tree } from '../detector.ts';
import { dig, fields, isFields, list, parsed, parseJson, parseYaml, text } from '../reading/parse.ts';
import type { FactCollector } from './collector.ts';
import { namesIn } from './folder-names.ts';
import { observation, withoutGaps } from './observation.ts';
import { COUNT, FLAG, TEXTS } from './schema-parts.ts';

export const branchProtection: FactCollector = {
  name: 'branchProtection',
  title: 'Branch protection',
  description:
    'What the repository declares for its main branch, in `.github/settings.yml`, `.github/rulesets` or `.asf.yaml`. Whether the code host keeps it isn’t asked.',
  schema: {
    type: 'object',
    required: ['declared'],
    properties: {
      declared: { ...FLAG, description: 'False where a file speaks of branches and protects none' },
      requiredReviews: { ...COUNT, description: 'Approvals that a change needs' },
      requiredChecks: { ...TEXTS, description: 'Names of checks that have to pass' },
    },
  },
  collect({ tree }) {
    const found = [...ofSettings(tree), ...ofAsf(tree), ...ofRulesets(tree)];
    const best = found.find(({ protection }) => protection !== undefined) ?? found[0];
    if (!best) return undefined;
    const { path, protection } = best;
    return observation({ declared: protection !== undefined, ...protection }, path);
  },
};

interface Found {
  path: string;
  protection: Record<string, unknown> | undefined;
}

const MAIN = /^(main|master|default|trunk|develop)$/;

/** The settings app of Probot, and those who followed it. */
function ofSettings(tree: Tree): Found[] {
  return ['.github/settings.yml', '.github/settings.yaml'].flatMap((path) => {
    const settings = parsed(tree, path, parseYaml)?.[0];
    const branches = list(dig(settings, 'branches')).filter(isFields);
    const rulesets = list(dig(settings, 'rulesets')).filter(isFields);
    const main = branches.find(({ name }) => MAIN.test(text(name) ?? '')) ?? branches[0];
    return [
      ...(main ? [{ path, protection: classic(main.protection) }] : []),
      ...rulesets.map((ruleset) => ({ path, protection: ofRuleset(ruleset) })),
    ];
  });
}

/** What the Apache Software Foundation reads. */
function ofAsf(tree: Tree): Found[] {
  const path = '.asf.yaml';
  const branches = dig(parsed(tree, path, parseYaml)?.[0], 'github', 'protected_branches');
  if (branches === undefined) return [];
  const all = Object.entries(fields(branches));
  const main = all.find(([name]) => MAIN.test(name)) ?? all[0];
  // A branch without any setting is protected too.
  return [{ path, protection: main && classic(main[1] ?? {}) }];
}

function ofRulesets(tree: Tree): Found[] {
  return namesIn(tree, '.github/rulesets')
    .filter((name) => name.endsWith('.json'))
    .slice(0, 20)
    .flatMap((name) => {
      const path = `.github/rulesets/${name}`;
      const ruleset = parsed(tree, path, parseJson);
      return isFields(ruleset) && Array.isArray(ruleset.rules)
        ? [{ path, protection: ofRuleset(ruleset) }]
        : [];
    });
}

function classic(protection: unknown): Record<string, unknown> | undefined {
  if (!isFields(protection)) return undefined;
  const reviews = dig(protection, 'required_pull_request_reviews');
  const checks = dig(protection, 'required_status_checks');
  return said(
    dig(reviews, 'required_approving_review_count') ?? (isFields(reviews) ? 1 : undefined),
    isFields(checks)
      ? [...list(checks.contexts), ...list(checks.checks).map((one) => dig(one, 'context'))]
      : undefined,
  );
}

function ofRuleset(ruleset: unknown): Record<string, unknown> | undefined {
  const isOff =
    dig(ruleset, 'enforcement') === 'disabled' || (text(dig(ruleset, 'target')) ?? 'branch') !== 'branch';
  const rules = list(dig(ruleset, 'rules')).filter(isFields);
  if (isOff || rules.length === 0) return undefined;
  const parameters = (type: string) =>
    dig(
      rules.find((rule) => rule.type === type),
      'parameters',
    );
  const checks = parameters('required_status_checks');
  return said(
    dig(parameters('pull_request'), 'required_approving_review_count'),
    checks === undefined
      ? undefined
      : list(dig(checks, 'required_status_checks')).map((one) => dig(one, 'context')),
  );
}

function said(reviews: unknown, checks: unknown[] | undefined): Record<string, unknown> {
  const isCount = typeof reviews === 'number' && Number.isSafeInteger(reviews) && reviews >= 0;
  const names = checks?.flatMap((one) => text(one) ?? []);
  return withoutGaps({
    requiredReviews: isCount ? reviews : undefined,
    requiredChecks: names && [...new Set(names)],
  });
}
