import { apiLint } from './api-lint.ts';
import { branchProtection } from './branch-protection.ts';
import { changelog } from './changelog.ts';
import { ci } from './ci.ts';
import { codeowners } from './codeowners.ts';
import type { FactCollector } from './collector.ts';
import { community } from './community.ts';
import { container } from './container.ts';
import { coverage } from './coverage.ts';
import { dependencies } from './dependencies.ts';
import { documentation } from './documentation.ts';
import { files } from './files.ts';
import { healthEndpoints } from './health-endpoints.ts';
import { license } from './license.ts';
import { observability } from './observability.ts';
import { readme } from './readme.ts';
import { runbook } from './runbook.ts';
import { sbom } from './sbom.ts';
import { secrets } from './secrets.ts';
import { securityScan } from './security-scan.ts';
import { slo } from './slo.ts';
import { testReports } from './test-reports.ts';
import { tests } from './tests.ts';
import { vulnerabilities } from './vulnerabilities.ts';

/** Every collector, in no order that matters. A new one is a file in this folder and a line here. */
export const collectors: readonly FactCollector[] = [
  apiLint,
  branchProtection,
  changelog,
  ci,
  codeowners,
  community,
  container,
  coverage,
  dependencies,
  documentation,
  files,
  healthEndpoints,
  license,
  observability,
  readme,
  runbook,
  sbom,
  secrets,
  securityScan,
  slo,
  testReports,
  tests,
  vulnerabilities,
];
