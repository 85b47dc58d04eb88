import { expect, it } from 'vitest';
import { treeOf } from '../detectors/tree-of.test-helper.ts';
import { nearestFile, ownFiles } from './own-files.ts';

const tree = treeOf({
  'README.md': '',
  'api/a.go': '',
  'api/v2/b.go': '',
  'apis/c.go': '',
  'dags/d.py': '',
  'dags/e.py': '',
});

it('gives a component the files of its folder that no other has', () => {
  expect(ownFiles({ tree, folder: 'api', others: [] })).toEqual(['api/a.go', 'api/v2/b.go']);
  expect(ownFiles({ tree, folder: 'api', others: ['api/v2'] })).toEqual(['api/a.go']);
  expect(ownFiles({ tree, folder: '', others: ['api', 'dags/d.py'] })).toEqual([
    'README.md',
    'apis/c.go',
    'dags/e.py',
  ]);
});

it('gives a component that is one file that file', () => {
  expect(ownFiles({ tree, folder: 'dags/d.py', others: [] })).toEqual(['dags/d.py']);
});

it('looks for a file outwards, and not into other folders', () => {
  expect(nearestFile({ tree, folder: 'api/v2' }, /\.go$/)).toBe('api/v2/b.go');
  expect(nearestFile({ tree, folder: 'dags/d.py' }, /^readme/i)).toBe('README.md');
  expect(nearestFile({ tree, folder: 'api' }, /\.py$/)).toBeUndefined();
});
