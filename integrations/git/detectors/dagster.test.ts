import { describe, expect, it } from 'vitest';
import { dagster } from './dagster.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('dagster', () => {
  it('makes one pipeline of a project', () => {
    const tree = treeOf({
      'etl/pyproject.toml': '',
      'etl/jobs/defs.py': 'from dagster import Definitions\ndefs = Definitions(assets=[])\n',
      'etl/jobs/more.py': 'import dagster as dg\n@dg.repository\ndef x(): pass\n',
      'other/a.py': 'import dagster\n',
    });
    expect(dagster.detect(tree)).toMatchObject([{ folder: 'etl', type: 'pipeline', framework: 'Dagster' }]);
  });
});
