import { dig, isFields, list, parseJson, text } from '../reading/parse.ts';
import type { FactCollector } from './collector.ts';
import { observation } from './observation.ts';
import { type ToolSigns, toolsIn } from './pipeline-tools.ts';
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

/** Of code. Those that only know of open vulnerabilities in what it uses are none. */
const SCANNERS: ToolSigns = {
  Bandit: /\bbandit\b/i,
  Bearer: /\bbearer\/bearer-action\b|\bbearer scan\b/,
  Brakeman: /\bbrakeman\b/i,
  Checkmarx: /\bcheckmarx\b|\bcx-flow\b/i,
  CodeQL: /\bgithub\/codeql-action\/(analyze|init)\b|\bcodeql database analyze\b|\bCodeQL\w*@\d/,
  DevSkim: /\bDevSkim\b/i,
  FindSecBugs: /\bfind-?sec-?bugs\b/i,
  Fortify: /\bfortify\b|\bsourceanalyzer\b/i,
  'GitLab SAST': /\b(Security|Jobs)\/SAST(\.latest)?\.gitlab-ci\.yml\b|\bcomponents\/sast\//,
  Gosec: /\bgosec\b/i,
  Horusec: /\bhorusec\b/i,
  NodeJsScan: /\bnjsscan\b/i,
  'Security Code Scan': /\bsecurity-code-scan\b|\bsecurity-scan\b.{0,20}\.sln\b/i,
  Semgrep: /\bsemgrep\b/i,
  'Snyk Code': /\bsnyk code\b/i,
  Sonar: /\bsonar(qube|cloud|source)\b|\bsonar-scanner\b|\bsonar:sonar\b|\bSonarQube\w*@\d/i,
  Veracode: /\bveracode\b/i,
};

export const securityScan: FactCollector = {
  name: 'securityScan',
  title: 'Security scan',
  description:
    'What static analysis found, from the SARIF reports in its folder, and which scanners its pipelines run. Suppressed results don’t count.',
  schema: {
    type: 'object',
    required: ['reports', 'tools', 'scanners'],
    properties: {
      reports: COUNT,
      tools: { ...TEXTS, description: 'Names that the tools give themselves' },
      scanners: {
        ...TEXTS,
        description: 'Names of the scanners that its pipelines run; what they found is elsewhere',
      },
      errors: { ...COUNT, description: 'Left out where there is no report' },
      warnings: COUNT,
      notes: COUNT,
      unreadable: UNREADABLE,
    },
  },
  collect(scope) {
    const { reports, unreadable } = reportsOf(scope, SARIF);
    const tools = [...new Set(reports.flatMap(({ said }) => said.tools))].sort();
    const used = toolsIn(scope, SCANNERS);
    const scanners = used.map(({ name }) => name);
    if (reports.length === 0)
      return observation({ reports: 0, tools, scanners, unreadable }, unreadable?.[0] ?? used[0]?.path);
    const levels = reports.flatMap(({ said }) => said.levels);
    const count = (level: string) => levels.filter((one) => one === level).length;
    const details = {
      reports: reports.length,
      tools,
      scanners,
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
