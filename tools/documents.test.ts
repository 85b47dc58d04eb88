import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const documents = globSync(['*.md', 'docs/**/*.md', 'bench/*.md'], { cwd: root }).sort();

/** The anchors that a renderer gives a document's heads. */
function anchorsIn(file: string): string[] {
  return [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, head = '']) =>
    head
      .toLowerCase()
      .replaceAll('`', '')
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function linksIn(file: string): string[] {
  return [...read(file).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** Paths of ours that a document names as code. */
function pathsIn(file: string): string[] {
  const named = read(file).matchAll(
    /`((?:model|integrations|server|web|cli|sample|tools|bench|e2e|docs)\/[\w./-]+)`/g,
  );
  return [...named].map(([, path = '']) => path);
}

describe.each(documents)('%s', (file) => {
  it('has links that lead somewhere', () => {
    const broken = linksIn(file).filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? file : join(dirname(file), path);
      if (!existsSync(join(root, target))) return true;
      return (
        anchor !== undefined && statSync(join(root, target)).isFile() && !anchorsIn(target).includes(anchor)
      );
    });
    expect(broken).toEqual([]);
  });

  it('names files that there are', () => {
    expect(pathsIn(file).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

describe('README.md and .ci/run', () => {
  const steps = [...read('.ci/run').matchAll(/^suite '[^']+' (.+)$/gm)].map(([, command]) => command);

  it('test in the same way', () => {
    expect(read('README.md')).toContain('```\nnpm ci && npm test\n```');
    expect(steps.slice(0, 2)).toEqual(['npm ci', 'npm test']);
  });

  it('call scripts that there are', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const called = documents.flatMap((file) =>
      [...read(file).matchAll(/npm run ([\w:]+)/g)].map(([, name = '']) => name),
    );
    expect([...new Set(called)].filter((name) => !(name in scripts))).toEqual([]);
  });

  it('name the flags that the server takes', () => {
    const server = read('server/arguments.ts');
    const flags = [...read('README.md').matchAll(/^\|.*$/gm)].flatMap(([line]) => [
      ...line.matchAll(/`--(\w+)/g),
    ]);
    expect(flags.length).toBeGreaterThan(4);
    for (const [, flag] of flags) expect(server).toMatch(new RegExp(`^ +${flag}: \\{ type:`, 'm'));
  });
});
