import { expect, it } from 'vitest';
import { observe } from './scope.test-helper.ts';
import { vulnerabilities } from './vulnerabilities.ts';

const osv = {
  results: [
    {
      packages: [
        {
          package: { name: 'a' },
          vulnerabilities: [
            { id: 'GHSA-1', database_specific: { severity: 'MODERATE' } },
            { id: 'GO-1' },
            { id: 'X-1' },
          ],
          groups: [
            { ids: ['GHSA-9', 'GO-1'], aliases: ['CVE-2026-1'], max_severity: '9.8' },
            { ids: ['GHSA-1'], aliases: [], max_severity: '' },
            { ids: ['X-1'] },
          ],
        },
      ],
    },
  ],
};
const trivy = {
  SchemaVersion: 2,
  ArtifactType: 'filesystem',
  Results: [
    {
      Target: 'go.sum',
      Vulnerabilities: [
        { VulnerabilityID: 'CVE-2026-1', PkgName: 'a', Severity: 'HIGH' },
        { VulnerabilityID: 'CVE-2026-2', PkgName: 'a', Severity: 'LOW' },
      ],
    },
    { Target: 'Dockerfile' },
  ],
};
const grype = {
  descriptor: { name: 'grype' },
  matches: [
    {
      vulnerability: { id: 'GHSA-7', severity: 'High' },
      relatedVulnerabilities: [{ id: 'CVE-2026-3' }],
      artifact: { name: 'b' },
    },
    { vulnerability: { id: 'CVE-2026-4', severity: 'Negligible' }, artifact: { name: 'b' } },
  ],
};
const npm = {
  auditReportVersion: 2,
  vulnerabilities: {
    a: {
      severity: 'critical',
      via: [{ source: 1, name: 'a', severity: 'critical', url: 'https://github.com/advisories/GHSA-5' }],
    },
    b: { severity: 'critical', via: ['a'] },
  },
  metadata: { vulnerabilities: { critical: 2 } },
};
const seen = (files: Record<string, unknown>) =>
  observe(
    vulnerabilities,
    Object.fromEntries(Object.entries(files).map(([path, report]) => [path, JSON.stringify(report)])),
  )?.value;
const NONE = { reports: 1, critical: 0, high: 0, medium: 0, low: 0, unrated: 0 };

it.each([
  ['osv.json', osv, { critical: 1, medium: 1, unrated: 1 }],
  ['trivy.json', trivy, { high: 1, low: 1 }],
  ['grype.json', grype, { high: 1, low: 1 }],
  ['npm-audit.json', npm, { critical: 1 }],
  [
    'old.json',
    { metadata: { vulnerabilities: {} }, advisories: { 1: { id: 1, severity: 'high' } } },
    { high: 1 },
  ],
  ['clean.json', { results: [], experimental_config: {} }, {}],
])('reads %s', (path, report, counts) => {
  expect(seen({ [path]: report })).toEqual({ ...NONE, ...counts });
});

it('counts what several reports name alike once, as the worst of them', () => {
  expect(seen({ 'osv.json': osv, 'trivy.json': trivy })).toEqual({
    ...NONE,
    reports: 2,
    critical: 1,
    medium: 1,
    low: 1,
    unrated: 1,
  });
});

it('says that there is no report, without counts', () => {
  const others = {
    'osv.json': { results: [] },
    'a.json': { matches: [] },
    'package-lock.json': osv,
    'b.json': { Results: [] },
  };
  expect(seen(others)).toEqual({ reports: 0 });
});

it('names one that is broken', () => {
  expect(observe(vulnerabilities, { 'trivy-report.json': '{"ArtifactType": ' })?.value).toEqual({
    reports: 0,
    unreadable: ['trivy-report.json'],
  });
});
