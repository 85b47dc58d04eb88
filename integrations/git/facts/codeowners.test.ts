import { describe, expect, it } from 'vitest';
import { codeowners } from './codeowners.ts';
import { observe } from './scope.test-helper.ts';

const code = { 'api/a.go': '', 'api/b.go': '', 'api/README.md': '', 'web/a.ts': '' };

describe('codeowners', () => {
  it('names whom the last matching rule names, with its line', () => {
    const files = { ...code, '.github/CODEOWNERS': '* @acme/all\n\n/api/ @acme/api @ann\n' };
    expect(observe(codeowners, files, { folder: 'api' })).toEqual({
      value: { present: true, covers: true, owners: ['@acme/api', '@ann'] },
      path: '.github/CODEOWNERS',
      line: 3,
    });
  });

  it('does not cover a component that no rule speaks of, or whose rule names nobody', () => {
    const files = { ...code, CODEOWNERS: '/api/ @acme/api\n/web/\n' };
    const none = { value: { present: true, covers: false, owners: [] }, path: 'CODEOWNERS' };
    expect(observe(codeowners, files, { folder: 'web' })).toEqual(none);
    expect(observe(codeowners, { ...files, CODEOWNERS: '/api/ @acme/api' }, { folder: 'web' })).toEqual(none);
  });

  it('covers where rules speak of most files', () => {
    const files = { ...code, CODEOWNERS: '*.go @gophers\n' };
    expect(observe(codeowners, files, { folder: 'api' })?.value).toMatchObject({
      covers: true,
      owners: ['@gophers'],
    });
    expect(observe(codeowners, files)?.value).toMatchObject({ covers: false });
  });

  it('says that there is none', () => {
    expect(observe(codeowners, code)).toEqual({ value: { present: false, covers: false, owners: [] } });
  });
});
