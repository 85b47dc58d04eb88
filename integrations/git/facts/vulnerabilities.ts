import type { FactCollector } from './collector.ts';
import { observation } from './observation.ts';
import { type ReportKind, reportsOf } from './reports.ts';
import { COUNT, UNREADABLE } from './schema-parts.ts';
import { readVulnerabilities, type Severity, type Vulnerability } from './vulnerability-reports.ts';

const REPORT: ReportKind<Vulnerability[]> = {
  ending: /(?<!-lock)\.json$/i,
  usual:
    /(^|[/._-])(osv([_-]?scanner)?|trivy|grype|npm[_-]?audit|vuln(erabilit(y|ies))?s?)([._-][\w.-]*)?\.json$/i,
  mark: /"(Vulnerabilities|ArtifactType|matches|max_severity|database_specific|experimental_config|advisories|auditReportVersion)"/,
  read: readVulnerabilities,
};

export const vulnerabilities: FactCollector = {
  name: 'vulnerabilities',
  title: 'Vulnerabilities',
  description:
    'Known vulnerabilities of what it uses, from the reports of osv-scanner, Trivy, Grype and npm audit in its folder. What several reports name alike counts once.',
  schema: {
    type: 'object',
    required: ['reports'],
    properties: {
      reports: COUNT,
      critical: { ...COUNT, description: 'Left out where there is no report' },
      high: COUNT,
      medium: COUNT,
      low: COUNT,
      unrated: { ...COUNT, description: 'Of which the report doesn’t say how bad they are' },
      unreadable: UNREADABLE,
    },
  },
  collect(scope) {
    const { reports, unreadable } = reportsOf(scope, REPORT);
    if (reports.length === 0) return observation({ reports: 0, unreadable }, unreadable?.[0]);
    const worst = new Map<string, Severity>();
    for (const { id, severity } of reports.flatMap(({ said }) => said)) {
      const known = worst.get(id);
      if (known === undefined || ORDER.indexOf(severity) < ORDER.indexOf(known)) worst.set(id, severity);
    }
    const all = [...worst.values()];
    const counts = ORDER.map((severity) => [severity, all.filter((one) => one === severity).length]);
    return observation(
      { reports: reports.length, ...Object.fromEntries(counts), unreadable },
      reports[0]?.path,
    );
  },
};

const ORDER: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'unrated'];
