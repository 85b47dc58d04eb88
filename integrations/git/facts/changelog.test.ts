import { expect, it } from 'vitest';
import { changelog } from './changelog.ts';
import { observe } from './scope.test-helper.ts';

it('takes the nearest, with the date of its last change', () => {
  const files = { 'CHANGELOG.md': '# 1.0', 'api/CHANGES.rst': '1.1', 'api/changes.go': '', 'web/a.ts': '' };
  const dates = { 'api/CHANGES.rst': '2026-02-03' };
  expect(observe(changelog, files, { folder: 'api', dates })).toEqual({
    value: { present: true, lastCommit: '2026-02-03' },
    path: 'api/CHANGES.rst',
  });
  expect(observe(changelog, files, { folder: 'web', dates })).toEqual({
    value: { present: true },
    path: 'CHANGELOG.md',
  });
});

it('does not take an empty file for one', () => {
  expect(observe(changelog, { 'CHANGELOG.md': '\n', 'history.ts': 'x' })).toEqual({
    value: { present: false },
  });
});
