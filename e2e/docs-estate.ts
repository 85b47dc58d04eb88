/** The estate of the tests with documentation: a site with everything that a reader meets, and an earlier version. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Estate, makeEstate } from './estate.ts';

const mkdocs = `site_name: Shop
nav:
  - Welcome: index.md
  - Guide: guide.md
  - Runbook: runbook.md
markdown_extensions: [pymdownx.superfences, pymdownx.tabbed]
`;

const index = `# Welcome

The shop sells things. Read the [guide](guide.md), or go to [what to do at night](runbook.md#the-till-is-stuck).
`;

const paragraphs = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `Paragraph ${from + at} is here to be scrolled past.`).join(
    '\n\n',
  );

const guide = `# Guide

## Before

${paragraphs(0, 30)}

## In your language

=== "Go"

    \`\`\`go
    till.Open()
    \`\`\`

=== "Java"

    \`\`\`java
    till.open();
    \`\`\`

Once more:

=== "Go"

    Close with \`till.Close()\`.

=== "Java"

    Close with \`till.close()\`.

## After

${paragraphs(30, 60)}
`;

const runbook = `# Runbook

## The drawer is empty

Call the bank.

${paragraphs(0, 20)}

## The till is stuck

Pull the zanzibar lever, then count to nine.

\`\`\`mermaid
flowchart LR
  stuck --> lever --> open
\`\`\`

${paragraphs(20, 50)}
`;

export interface DocsEstate extends Estate {
  /** Of the repository. */
  repository: string;
  file(path: string): string;
  edit(path: string, change: (text: string) => string): void;
}

/** At the tag v1 the guide is short and there is no runbook. */
export function docsEstate(): DocsEstate {
  const estate = makeEstate();
  const file = (path: string) => join(estate.path, 'shop', path);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(file(path)), { recursive: true });
    writeFileSync(file(path), text);
  };
  const git = (...args: string[]) => {
    const identity = ['-c', 'user.name=Ada Lovelace', '-c', 'user.email=ada@example.com'];
    execFileSync('git', [...identity, ...args], { cwd: join(estate.path, 'shop'), stdio: 'ignore' });
  };
  const annotation = '  name: basket\n  annotations:\n    backstage.io/techdocs-ref: dir:.\n';
  const descriptors = readFileSync(file('catalog-info.yaml'), 'utf8');
  writeFileSync(file('catalog-info.yaml'), descriptors.replace('  name: basket\n', annotation));
  write('mkdocs.yml', mkdocs.replace('  - Runbook: runbook.md\n', ''));
  write('docs/index.md', '# Welcome\n\nThere is not much yet.\n');
  write('docs/guide.md', '# Guide\n\nThe first edition.\n');
  git('add', '.');
  git('commit', '-qm', 'First docs');
  git('tag', 'v1');
  write('mkdocs.yml', mkdocs);
  write('docs/index.md', index);
  write('docs/guide.md', guide);
  write('docs/runbook.md', runbook);
  git('add', '.');
  git('commit', '-qm', 'Docs worth reading');
  return {
    ...estate,
    repository: file('.'),
    file,
    edit: (path, change) => writeFileSync(file(path), change(readFileSync(file(path), 'utf8'))),
  };
}
