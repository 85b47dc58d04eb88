import { expect, it } from 'vitest';
import { observe } from './scope.test-helper.ts';
import { securityScan } from './security-scan.ts';

const sarif = (name: string, ...results: object[]) =>
  JSON.stringify({
    version: '2.1.0',
    runs: [
      { tool: { driver: { name, rules: [{ id: 'r', defaultConfiguration: { level: 'error' } }] } }, results },
    ],
  });

it('counts what scans found, by level', () => {
  const files = {
    'reports/a.sarif': sarif('Semgrep', { level: 'note' }, { ruleId: 'r' }, { ruleIndex: 0 }, {}),
    'b.sarif.json': sarif('CodeQL', { level: 'error' }, { level: 'none' }),
  };
  expect(observe(securityScan, files)).toEqual({
    value: { reports: 2, tools: ['CodeQL', 'Semgrep'], scanners: [], errors: 3, warnings: 1, notes: 1 },
    path: 'b.sarif.json',
  });
});

it('leaves out what is dealt with', () => {
  const settled = [
    { level: 'error', suppressions: [{ kind: 'inSource' }] },
    { level: 'error', suppressions: [{ kind: 'external', status: 'accepted' }] },
    { level: 'error', baselineState: 'absent' },
    { level: 'error', kind: 'pass' },
    null,
  ];
  const open = { level: 'error', suppressions: [{ kind: 'external', status: 'rejected' }] };
  expect(
    observe(securityScan, { 'a.sarif': sarif('x', ...(settled as object[]), open) })?.value,
  ).toMatchObject({ errors: 1 });
});

it('says that there is no report, without counts', () => {
  expect(observe(securityScan, { 'a.json': sarif('x') })).toEqual({
    value: { reports: 0, tools: [], scanners: [] },
  });
});

it('names those that are broken', () => {
  const files = {
    'a.sarif': '{"runs": [',
    'b.sarif': sarif('x'),
    'c.sarif': '{"runs": 1, "version": "2.1.0"}',
  };
  expect(observe(securityScan, files)?.value).toMatchObject({
    reports: 1,
    unreadable: ['a.sarif', 'c.sarif'],
  });
});

it('names the scanners that pipelines run', () => {
  const files = {
    '.github/workflows/a.yml':
      'on: {schedule: [{cron: "0 0 * * 1"}]}\njobs: {a: {steps: [{uses: github/codeql-action/analyze@v4}]}}\n',
    '.github/workflows/b.yml':
      'jobs:\n  a:\n    steps:\n      - run: semgrep ci\n      # - run: gosec ./...\n',
    'web/.gitlab-ci.yml': 'include: [{ template: Jobs/SAST.gitlab-ci.yml }]\n',
  };
  expect(observe(securityScan, files, { folder: 'api' })).toEqual({
    value: { reports: 0, tools: [], scanners: ['CodeQL', 'Semgrep'] },
    path: '.github/workflows/a.yml',
  });
  expect(observe(securityScan, files, { folder: 'web' })?.value.scanners).toContain('GitLab SAST');
  const open = { '.github/workflows/a.yml': 'jobs: {a: {steps: [{uses: golang/govulncheck-action@v1}]}}\n' };
  expect(observe(securityScan, open)?.value.scanners).toEqual([]);
});
