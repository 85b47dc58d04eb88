import { describe, expect, it } from 'vitest';
import { runbook } from './runbook.ts';
import { observe } from './scope.test-helper.ts';

describe('runbook', () => {
  it.each([
    'docs/runbook.md',
    'RUNBOOK.md',
    'docs/payments-runbook.adoc',
    'ops/runbooks/restart.md',
    'playbook.md',
  ])('finds %s', (path) => {
    expect(observe(runbook, { [path]: '# When it fails', 'a.go': '' })).toEqual({
      value: { present: true },
      path,
    });
  });

  it('tells of the one that was changed last', () => {
    const files = { 'runbooks/a.md': 'x', 'runbooks/b.md': 'x', 'runbooks/c.md': 'x' };
    const dates = { 'runbooks/a.md': '2025-01-01', 'runbooks/b.md': '2026-01-01' };
    expect(observe(runbook, files, { dates })).toEqual({
      value: { present: true, lastCommit: '2026-01-01' },
      path: 'runbooks/b.md',
    });
  });

  it('takes one from around the component when it is general or named after it', () => {
    const files = {
      'docs/runbooks/cart.md': 'x',
      'docs/runbooks/ledger.md': 'x',
      'src/cart/a.go': '',
      'src/web/a.ts': '',
    };
    expect(observe(runbook, files, { folder: 'src/cart' })?.path).toBe('docs/runbooks/cart.md');
    expect(observe(runbook, files, { folder: 'src/web' })?.value).toEqual({ present: false });
    const general = { ...files, 'docs/runbook.md': 'x' };
    expect(observe(runbook, general, { folder: 'src/web' })?.path).toBe('docs/runbook.md');
  });

  it('does not take one of another component, an empty one, or what automation calls so', () => {
    const files = {
      'other/runbook.md': 'x',
      'api/runbook.md': ' \n',
      'api/playbook.yml': 'x',
      'api/runbooks.go': 'x',
    };
    expect(observe(runbook, files, { folder: 'api' })?.value).toEqual({ present: false });
    expect(observe(runbook, { 'other/runbook.md': 'x' }, { others: ['other'] })?.value).toEqual({
      present: false,
    });
  });
});
