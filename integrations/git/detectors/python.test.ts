import { describe, expect, it } from 'vitest';
import { python } from './python.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('python', () => {
  it('tells frameworks from requirements and pyproject', () => {
    const tree = treeOf({
      'web/requirements.txt': 'Flask==3.0\n',
      'web/app.py': 'import flask',
      'api/pyproject.toml': '[project]\nname = "Orders"\ndependencies = ["fastapi>=0.1"]\n',
      'api/main.py': '',
      'load/requirements.in': 'locust',
      'load/locustfile.py': '',
    });
    const found = python.detect(tree);
    expect(found).toContainEqual(
      expect.objectContaining({ folder: 'web', framework: 'Flask', type: 'service', language: 'Python' }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({
        folder: 'api',
        name: 'Orders',
        aliases: ['pypi:orders'],
        framework: 'FastAPI',
      }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ folder: 'load', framework: 'Locust', type: 'tool' }),
    );
  });

  it('takes a package without a server for a library and settings of tools for nothing', () => {
    expect(python.detect(treeOf({ 'setup.py': "setup(name='lib')", 'lib/a.py': '' }))).toMatchObject([
      { name: 'lib', type: 'library' },
    ]);
    expect(python.detect(treeOf({ 'pyproject.toml': '[tool.black]\n', 'a.py': '' }))).toEqual([]);
    expect(python.detect(treeOf({ 'pyproject.toml': '[project', 'a.py': '' }))).toEqual([]);
  });
});
