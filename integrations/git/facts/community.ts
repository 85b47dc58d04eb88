import type { Tree } from '../detector.ts';
import { ancestry, isWithin } from '../reading/paths.ts';
import type { FactCollector, Scope } from './collector.ts';
import { namesIn } from './folder-names.ts';
import { nearestFile } from './own-files.ts';
import { README } from './readme.ts';
import { FLAG } from './schema-parts.ts';

/** Where code hosts look for them. */
const PLACES = ['.github', 'docs', '.gitlab'];
const DOCUMENT = String.raw`(\.(md|markdown|rst|adoc|txt))?$`;
const CONTRIBUTING = new RegExp(`^contributing${DOCUMENT}`, 'i');
const SECURITY = new RegExp(`^security${DOCUMENT}`, 'i');
const CONDUCT = new RegExp(`^code[-_]of[-_]conduct${DOCUMENT}`, 'i');
const ISSUE = new RegExp(`^issue_template${DOCUMENT}`, 'i');
const CHANGE = new RegExp(`^pull_request_template${DOCUMENT}`, 'i');
const TEMPLATE = /\.(md|ya?ml)$/i;

export const community: FactCollector = {
  name: 'community',
  title: 'Community files',
  description:
    'Whether the repository tells others how to contribute, report weaknesses and behave, and has templates.',
  schema: {
    type: 'object',
    required: ['contributing', 'securityPolicy', 'codeOfConduct', 'issueTemplates', 'pullRequestTemplate'],
    properties: {
      contributing: {
        ...FLAG,
        description: 'In a file, a folder of the documentation, or a section of the README',
      },
      securityPolicy: FLAG,
      codeOfConduct: FLAG,
      issueTemplates: FLAG,
      pullRequestTemplate: { ...FLAG, description: 'Or one for merge requests' },
    },
  },
  collect(scope) {
    const { tree } = scope;
    const has = (name: RegExp) => named(scope, name);
    return {
      value: {
        contributing: has(CONTRIBUTING) || explainsContributing(scope),
        securityPolicy: has(SECURITY),
        codeOfConduct: has(CONDUCT),
        issueTemplates: has(ISSUE) || templates(tree, 'issue_template', '.gitlab/issue_templates'),
        pullRequestTemplate:
          has(CHANGE) || templates(tree, 'pull_request_template', '.gitlab/merge_request_templates'),
      },
    };
  },
};

function named({ tree, folder }: Scope, name: RegExp): boolean {
  return [...ancestry(folder), ...PLACES].some((at) => namesIn(tree, at).some((file) => name.test(file)));
}

const PAGES = /^docs?\/(contributing|contribute)\//i;
const SECTION = /^#{1,4}[ \t]+(contribut(e|ing|ions?)|how to contribute)\b.*$/im;
/** A heading with less below it only points elsewhere, or nowhere. */
const LEAST_WORDS = 15;

function explainsContributing(scope: Scope): boolean {
  const { tree, folder } = scope;
  if (
    ancestry(folder).some((at) =>
      tree.files.some((path) => isWithin(at, path) && PAGES.test(within(at, path))),
    )
  )
    return true;
  const readme = nearestFile(scope, README);
  const text = readme === undefined ? '' : (tree.read(readme) ?? '');
  const heading = SECTION.exec(text);
  if (!heading) return false;
  const below = text.slice(heading.index + heading[0].length).split(/^#{1,4}[ \t]/m, 1)[0] ?? '';
  return below.split(/\s+/).filter(Boolean).length >= LEAST_WORDS;
}

const within = (folder: string, path: string) => (folder === '' ? path : path.slice(folder.length + 1));

/** Several of them stand in a folder; `config.yml` in it is none. */
function templates(tree: Tree, folder: string, ofGitlab: string): boolean {
  const places = ['', ...PLACES].flatMap((at) =>
    [folder, folder.toUpperCase()].map((name) => (at === '' ? name : `${at}/${name}`)),
  );
  return [...places, ofGitlab].some((at) =>
    namesIn(tree, at).some((file) => TEMPLATE.test(file) && !/^config\./i.test(file)),
  );
}
