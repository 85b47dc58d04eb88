import { describe, expect, it } from 'vitest';
import { documentation } from './documentation.ts';
import { observe } from './scope.test-helper.ts';

describe('documentation', () => {
  it('counts pages and decisions, sees the site and when the folder was touched', () => {
    const files = {
      'mkdocs.yml': 'site_name: x\n',
      'docs/index.md': '',
      'docs/guide/start.md': '',
      'docs/logo.svg': '',
      'docs/adr/0001-one.md': '',
      'docs/adr/README.md': '',
      'docs/adr/template.md': '',
      'doc/decisions/0002-two.md': '',
    };
    expect(observe(documentation, files, { dates: { docs: '2026-04-01' } })).toEqual({
      value: { present: true, pages: 4, site: true, decisions: 2, lastCommit: '2026-04-01' },
      path: 'mkdocs.yml',
    });
  });

  it('looks where MkDocs is told to', () => {
    const files = { 'mkdocs.yaml': 'docs_dir: handbook\n', 'handbook/a.md': '', 'docs/b.md': '' };
    expect(observe(documentation, files, { dates: { handbook: '2026-01-01' } })?.value).toMatchObject({
      pages: 1,
      lastCommit: '2026-01-01',
    });
  });

  it.each([
    'docs/conf.py',
    'docs/source/conf.py',
    'docs/.vitepress/config.ts',
    'docusaurus.config.js',
    'book.toml',
  ])('sees a site in %s', (path) => {
    expect(observe(documentation, { [path]: '', 'docs/a.md': '' })?.value.site).toBe(true);
  });

  it('takes the pages of what the component is a part of, and its own among them', () => {
    const files = {
      'docs/a.md': '',
      'docs/api/b.md': '',
      'docs/api/c.md': '',
      'api/main.go': '',
      'web/a.ts': '',
    };
    const dates = { docs: '2026-01-01', 'docs/api': '2026-01-02' };
    expect(observe(documentation, files, { folder: 'web', dates })?.value).toMatchObject({
      pages: 3,
      lastCommit: '2026-01-01',
    });
    expect(observe(documentation, files, { folder: 'api', dates })?.value).toMatchObject({
      pages: 2,
      lastCommit: '2026-01-02',
    });
  });

  it('leaves the pages of other components and borrowed ones out', () => {
    const files = { 'api/docs/a.md': '', 'docs/vendor/lib/b.md': '', 'README.md': '' };
    expect(observe(documentation, files, { others: ['api'] })).toEqual({
      value: { present: false, pages: 0, site: false, decisions: 0 },
    });
  });

  it('does not take a site without a page for documentation', () => {
    expect(observe(documentation, { 'mkdocs.yml': ': :[' })?.value).toMatchObject({
      present: false,
      site: true,
    });
  });
});
