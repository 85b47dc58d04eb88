import { describe, expect, it } from 'vitest';
import { codeowners, readRules } from './codeowners.ts';
import { treeOf } from './tree-of.test-helper.ts';

const files = {
  'README.md': '',
  'src/cart/a.ts': '',
  'src/cart/docs/b.md': '',
  'src/web/a.ts': '',
  'docs/a.md': '',
};

function ownersIn(rules: string, place = '.github/CODEOWNERS'): Record<string, string> {
  const found = codeowners.detect(treeOf({ ...files, [place]: rules }));
  return Object.fromEntries(
    found.flatMap((one) => (one.what === 'owner' ? [[one.folder, one.owners.join(' ')]] : [])),
  );
}

describe('codeowners', () => {
  it('lets the last match win and says only what changes', () => {
    expect(ownersIn('* @acme/all\n/src/ @acme/code # the code\n/src/cart/ @acme/cart @ann\n')).toEqual({
      '': '@acme/all',
      src: '@acme/code',
      'src/cart': '@acme/cart @ann',
    });
    expect(ownersIn('/src/cart/ @acme/cart\n* @acme/all\n')).toEqual({ '': '@acme/all' });
  });

  it('matches names at any depth and files right in a folder only', () => {
    expect(ownersIn('docs/ @writers\n')).toEqual({ docs: '@writers', 'src/cart/docs': '@writers' });
    expect(ownersIn('/src/* @acme\n', 'CODEOWNERS')).toEqual({ src: '@acme', 'src/cart': '', 'src/web': '' });
  });

  it('takes the owners away where a rule names none', () => {
    expect(ownersIn('* @all\n/src/web/\n')).toEqual({ '': '@all', 'src/web': '' });
  });

  it('leaves out a pattern that nothing could match', () => {
    expect(ownersIn(`* @all\n${'a'.repeat(200_000)} @nobody\n`)).toEqual({ '': '@all' });
  });

  it('reads GitLab’s sections and spaces in paths', () => {
    expect(readRules('[Docs][2] @writers\n/my\\ docs/\n/api/ @api')).toEqual([
      { pattern: '/my docs/', owners: ['@writers'], line: 2 },
      { pattern: '/api/', owners: ['@api'], line: 3 },
    ]);
  });
});
