import { describe, expect, it } from 'vitest';
import { dbt } from './dbt.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('dbt', () => {
  it('reads a project, broken or not', () => {
    const tree = treeOf({
      'warehouse/dbt_project.yml': 'name: sales\n',
      'dbt/dbt_packages/utils/dbt_project.yml': 'name: utils',
      'odd/dbt_project.yml': 'name: [',
    });
    expect(dbt.detect(tree)).toMatchObject([
      { folder: 'odd', type: 'pipeline' },
      { folder: 'warehouse', name: 'sales', type: 'pipeline', framework: 'dbt', language: 'SQL' },
    ]);
  });
});
