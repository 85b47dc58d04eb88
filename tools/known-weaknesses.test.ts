import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tableRows } from './doc-table.ts';
import {
  DAYS_TO_UPDATE,
  daysToMend,
  type Excuse,
  judge,
  readAnswer,
  type Severity,
  shippedNodes,
  type Weakness,
  weaknessesIn,
} from './known-weaknesses.ts';

const root = join(import.meta.dirname, '..');

/** As npm 11 writes a report: one weakness of a package, seen through another one, and one of a tool. */
const report = {
  auditReportVersion: 2,
  vulnerabilities: {
    body: {
      name: 'body',
      severity: 'high',
      isDirect: false,
      via: [
        {
          source: 1099846,
          name: 'body',
          dependency: 'body',
          title: 'body takes any amount',
          url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc',
          severity: 'high',
          cwe: ['CWE-400'],
          cvss: { score: 7.5, vectorString: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H' },
          range: '<1.2.3',
        },
        {
          source: 1099847,
          name: 'body',
          dependency: 'body',
          title: 'body is slow',
          url: 'https://github.com/advisories/GHSA-dddd-eeee-ffff',
          severity: 'low',
          cwe: [],
          cvss: { score: 0, vectorString: null },
          range: '<1.3.0',
        },
      ],
      effects: ['server'],
      range: '<1.3.0',
      nodes: ['node_modules/server/node_modules/body'],
      fixAvailable: true,
    },
    server: {
      name: 'server',
      severity: 'high',
      isDirect: true,
      via: ['body'],
      effects: [],
      range: '1.0.0 - 1.4.0',
      nodes: ['node_modules/server'],
      fixAvailable: true,
    },
    bundler: {
      name: 'bundler',
      severity: 'critical',
      isDirect: true,
      via: [
        {
          source: 1,
          name: 'bundler',
          dependency: 'bundler',
          title: 'bundler runs what it is told',
          url: 'https://github.com/advisories/GHSA-tool-tool-tool',
          severity: 'critical',
          range: '*',
        },
      ],
      effects: [],
      range: '*',
      nodes: ['node_modules/bundler'],
      fixAvailable: false,
    },
  },
  metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 2, critical: 1, total: 3 } },
};

const lock = {
  packages: {
    '': {},
    'node_modules/server': { dependencies: { body: '^1.0.0', bytes: '^1.0.0' } },
    'node_modules/server/node_modules/body': { dependencies: { bytes: '^2.0.0' } },
    'node_modules/server/node_modules/bytes': {},
    'node_modules/body': {},
    'node_modules/bytes': { dependencies: { missing: '^1.0.0' } },
    'node_modules/bundler': { dependencies: { bytes: '^1.0.0' }, optionalDependencies: { binary: '1.0.0' } },
    'node_modules/binary': { dependencies: { bundler: '1.0.0' } },
  },
};

describe('what npm answers', () => {
  it('is a report', () => {
    expect(readAnswer(JSON.stringify(report))).toEqual({ report });
  });

  it.each([
    ['405 Method Not Allowed - POST https://registry.example/-/npm/v1/security/advisories/bulk', {}],
    ['request to https://registry.example failed, reason: getaddrinfo ENOTFOUND', { code: 'ENOTFOUND' }],
  ])('may be that there is no answer: %s', (message, error) => {
    const text = JSON.stringify({ message, method: 'POST', error: { summary: '', detail: '', ...error } });
    expect(readAnswer(text)).toEqual({ silence: message });
  });

  it('may say so in another field', () => {
    const text = JSON.stringify({ error: { code: 'ENOAUDIT', summary: 'Your registry does not audit' } });
    expect(readAnswer(text)).toEqual({ silence: 'Your registry does not audit' });
  });

  it.each([
    '',
    'npm: not found',
    'null',
    '{}',
    JSON.stringify({ error: { code: 'ENOLOCK', summary: 'This command requires an existing lockfile.' } }),
  ])('is a fault of ours otherwise: %j', (text) => {
    expect(() => readAnswer(text)).toThrow('npm audit did not work');
  });
});

describe('what is shipped', () => {
  it('is what runs and what that needs, each where it is found', () => {
    expect([...shippedNodes(lock, ['server'])].sort()).toEqual([
      'node_modules/server',
      'node_modules/server/node_modules/body',
      'node_modules/server/node_modules/bytes',
    ]);
    expect([...shippedNodes(lock, ['bundler', 'unknown'])].sort()).toEqual([
      'node_modules/binary',
      'node_modules/bundler',
      'node_modules/bytes',
    ]);
  });

  it('has weaknesses, the worst first, and not those of tools', () => {
    const found = weaknessesIn(report as never, shippedNodes(lock, ['server']));
    expect(found).toEqual([
      expect.objectContaining({
        id: 'GHSA-aaaa-bbbb-cccc',
        package: 'body',
        severity: 'high',
        range: '<1.2.3',
      }),
      expect.objectContaining({ id: 'GHSA-dddd-eeee-ffff', severity: 'low' }),
    ]);
    const all = weaknessesIn(report as never, shippedNodes(lock, ['server', 'bundler']));
    expect(all.map(({ severity }) => severity)).toEqual(['critical', 'high', 'low']);
  });
});

describe('a known weakness', () => {
  const now = new Date('2026-06-01T12:00:00Z');
  const weakness = (severity: Severity): Weakness => ({
    ...{ id: 'GHSA-1', package: 'body', severity, title: 't', url: 'u', range: '*' },
  });
  const excuse = (until: string, reaches = true): Excuse => ({ id: 'GHSA-1', reaches, reason: 'r', until });

  it.each<[Severity, Excuse[], boolean]>([
    ['critical', [], true],
    ['high', [], true],
    ['moderate', [], false],
    ['low', [], false],
    ['high', [{ ...excuse('2026-06-10'), id: 'GHSA-2' }], true],
    ['high', [excuse('2026-06-10')], false],
    ['high', [excuse('2026-06-20')], true],
    ['high', [excuse('2026-06-20', false)], false],
    ['high', [excuse('2026-09-20', false)], true],
    ['high', [excuse('2026-05-31')], true],
    ['high', [excuse('soon')], true],
    ['critical', [excuse('2026-06-03')], false],
    ['critical', [excuse('2026-06-10')], true],
    ['moderate', [excuse('2026-05-31')], true],
  ])('of severity %s with the excuses %j fails: %s', (severity, excuses, fails) => {
    const [verdict] = judge([weakness(severity)], excuses, { least: 'high', now });
    expect(verdict?.fails).toBe(fails);
  });

  it('fails from the severity on that is asked for', () => {
    const fails = (least: Severity) => judge([weakness('moderate')], [], { least, now })[0]?.fails;
    expect([fails('low'), fails('moderate'), fails('high')]).toEqual([true, true, false]);
  });

  it('is mended within the times of SECURITY.md', () => {
    const text = readFileSync(join(root, 'SECURITY.md'), 'utf8');
    const days = tableRows(text).flatMap(([what = '', when = '']) => {
      const severity = /^(critical|high|medium|low)\b/.exec(what)?.[1];
      return severity ? [[severity === 'medium' ? 'moderate' : severity, Number.parseInt(when, 10)]] : [];
    });
    const { info: _info, ...named } = daysToMend;
    expect(Object.fromEntries(days)).toEqual(named);
    expect(text).toContain(`brought up to date every ${DAYS_TO_UPDATE} days`);
  });
});

describe('docs/security/known-weaknesses.json', () => {
  it('says of each why it can wait, and until when', () => {
    const excuses = JSON.parse(
      readFileSync(join(root, 'docs/security/known-weaknesses.json'), 'utf8'),
    ) as Excuse[];
    for (const { id, reaches, reason, until } of excuses) {
      expect(id).toMatch(/^GHSA-/);
      expect(typeof reaches).toBe('boolean');
      expect(reason.length).toBeGreaterThan(20);
      expect(until).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
  });
});
