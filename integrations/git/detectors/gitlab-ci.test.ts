import { describe, expect, it } from 'vitest';
import { gitlabCi } from './gitlab-ci.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('gitlab-ci', () => {
  it('finds the pipeline and the folders of its jobs', () => {
    const tree = treeOf({
      '.gitlab-ci.yml':
        'stages: [build]\ncart:\n  script: [!reference [a, b]]\n  rules: [{ changes: [cart/**/*] }]\n',
    });
    expect(gitlabCi.detect(tree)).toMatchObject([
      { folder: '', system: 'gitlab-ci' },
      { folder: 'cart', name: 'cart' },
    ]);
  });

  it('finds nothing in an empty file', () => {
    expect(gitlabCi.detect(treeOf({ '.gitlab-ci.yml': '' }))).toEqual([]);
  });
});
