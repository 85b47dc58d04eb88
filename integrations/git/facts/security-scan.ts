import { dig, isFields, list, parseJson, text } from '../reading/parse.ts';
import type { FactCollector } from './collector.ts';
import { observation } from './observation.ts';
import { type ReportKind, reportsOf } from './reports.ts';
import { COUNT, TEXTS, UNREADABLE } from './schema-parts.ts';

interface Scan {
  tools: string[];
  levels: string[];
}

const SARIF: ReportKind<Scan> = {
  ending: /\.sarif(\.json)?$/i,
  usual: /\.sarif(\.json)?$/i,
  mark: /"runs"/,
  read: (source) => {
    const log = parseJson(source);
    const runs = dig(log, 'runs');
    if (!Array.isArray(runs) || !text(dig(log, 'version'))?.startsWith('2.')) return undefined;
    return {
      tools: runs.flatMap((run) => text(dig(run, 'tool', 'driver', 'name')) ?? []),
      levels: runs.flatMap((run) =>
        list(dig(run, 'results'))
          .filter(isOpen)
          .map((result) => levelOf(result, run)),
      ),
    };
  },
};

export const securityScan: FactCollector = {
  name: 'securityScan',
  title: 'Security scan',
  description:
    'What static analysis found, from the SARIF reports in its folder. Suppressed results don’t count.',
  schema: {
    type: 'object',
    required: ['reports', 'tools'],
    properties: {
      reports: COUNT,
      tools: { ...TEXTS, description: 'Names that the tools give themselves' },
      errors: { ...COUNT, description: 'Left out where there is no report' },
      warnings: COUNT,
      notes: COUNT,
      unreadable: UNREADABLE,
    },
  },
  collect(scope) {
    const { reports, unreadable } = reportsOf(scope, SARIF);
    const tools = [...new Set(reports.flatMap(({ said }) => said.tools))].sort();
    if (reports.length === 0) return observation({ reports: 0, tools, unreadable }, unreadable?.[0]);
    const levels = reports.flatMap(({ said }) => said.levels);
    const count = (level: string) => levels.filter((one) => one === level).length;
    const details = {
      reports: reports.length,
      tools,
      errors: count('error'),
      warnings: count('warning'),
      notes: count('note'),
      unreadable,
    };
    return observation(details, reports[0]?.path);
  },
};

/** Whether a result says that something is wrong, and nobody has dealt with it. */
function isOpen(result: unknown): boolean {
  const kind = text(dig(result, 'kind')) ?? 'fail';
  const suppressions = list(dig(result, 'suppressions'));
  const isSuppressed = suppressions.some((one) => ['accepted', undefined].includes(text(dig(one, 'status'))));
  return isFields(result) && kind === 'fail' && dig(result, 'baselineState') !== 'absent' && !isSuppressed;
}

/** What the result says itself, or else the rule that it breaks. */
function levelOf(result: unknown, run: unknown): string {
  const own = text(dig(result, 'level'));
  if (own !== undefined) return own;
  const rules = list(dig(run, 'tool', 'driver', 'rules'));
  const index = dig(result, 'ruleIndex');
  const id = text(dig(result, 'ruleId'));
  const rule = typeof index === 'number' ? rules[index] : rules.find((one) => dig(one, 'id') === id);
  return text(dig(rule, 'defaultConfiguration', 'level')) ?? 'warning';
}
