import { expect, it } from 'vitest';
import { community } from './community.ts';
import { observe } from './scope.test-helper.ts';

const NONE = {
  contributing: false,
  securityPolicy: false,
  codeOfConduct: false,
  issueTemplates: false,
  pullRequestTemplate: false,
};

it('finds them where code hosts look', () => {
  const files = {
    'CONTRIBUTING.md': '',
    'docs/CODE_OF_CONDUCT.md': '',
    '.github/SECURITY.md': '',
    '.github/ISSUE_TEMPLATE/bug.yml': '',
    '.github/pull_request_template.md': '',
  };
  const all = Object.fromEntries(Object.keys(NONE).map((name) => [name, true]));
  expect(observe(community, files, { folder: 'api' })?.value).toEqual(all);
  const gitlab = { '.gitlab/issue_templates/Bug.md': '', '.gitlab/merge_request_templates/Default.md': '' };
  expect(observe(community, gitlab)?.value).toEqual({
    ...NONE,
    issueTemplates: true,
    pullRequestTemplate: true,
  });
});

it('looks in the folder of the component and those around it, and no deeper', () => {
  const files = {
    'api/CONTRIBUTING.md': '',
    'src/docs/SECURITY.md': '',
    '.github/ISSUE_TEMPLATE/config.yml': '',
  };
  expect(observe(community, files, { folder: 'api/v2' })?.value).toEqual({ ...NONE, contributing: true });
  expect(observe(community, files)?.value).toEqual(NONE);
});

it('does not take code for a document', () => {
  expect(observe(community, { 'security.ts': '', 'contributing.json': '' })?.value).toEqual(NONE);
});

it('takes a folder of pages and a section of the README for a guide to contributing', () => {
  const contributing = (files: Record<string, string>, folder = '') =>
    observe(community, files, { folder })?.value.contributing;
  const words =
    'Raise an issue first, then send a change with tests; see the notes on style below and be kind.';
  expect(contributing({ 'docs/contributing/start.md': '' }, 'lib')).toBe(true);
  expect(
    contributing({ 'lib/README.md': `# Lib\n\n## Contributing\n\n${words}\n\n## License\n` }, 'lib'),
  ).toBe(true);
  expect(contributing({ 'README.md': `## Contributing\n\nLater.\n\n## License\n\n${words}\n` })).toBe(false);
  expect(contributing({ 'README.md': words, 'src/docs/contributing/a.md': '' })).toBe(false);
});
