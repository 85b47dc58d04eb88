import { describe, expect, it } from 'vitest';
import { jenkinsfile } from './jenkinsfile.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('jenkinsfile', () => {
  it('finds pipelines in their folders', () => {
    expect(
      jenkinsfile.detect(
        treeOf({ 'cart/Jenkinsfile': '', 'Jenkinsfile.release': '', 'Jenkinsfiles.md': '' }),
      ),
    ).toMatchObject([
      { folder: '', system: 'jenkins', name: 'Jenkinsfile.release' },
      { folder: 'cart', name: 'Jenkinsfile' },
    ]);
  });
});
