import { describe, expect, it } from 'vitest';
import { githubActions } from './github-actions.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('github-actions', () => {
  it('finds the folders that a workflow is about', () => {
    const tree = treeOf({
      '.github/workflows/cart.yaml':
        'name: Cart\non: { push: { paths: ["src/cart/**", ".github/workflows/cart.yaml"] } }\njobs: { build: { steps: [] } }\n',
      '.github/workflows/all.yml': 'on: push\njobs: { build: { steps: [] } }\n',
      '.github/workflows/broken.yml': 'jobs: [',
    });
    expect(githubActions.detect(tree)).toMatchObject([
      { what: 'ci', folder: '', system: 'github-actions', name: 'all.yml' },
      { folder: 'src/cart', name: 'Cart' },
    ]);
  });
});
