/** Sites to measure with: pages as people write them, made up of a vocabulary, the same each time. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const nouns =
  'payment refund basket order invoice ledger queue retry webhook cluster deploy rollback certificate token cache ' +
  'index schema migration backup alert dashboard incident region quota latency budget carrier parcel label customs';
const verbs =
  'starts stops checks sends keeps drops writes reads locks counts splits joins moves waits fails repeats';
const words = { nouns: nouns.split(' '), verbs: verbs.split(' ') };

/** A number for each step, the same for the same seed (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** @param bytes about so long. */
export function pageText(title: string, seed: number, bytes: number): string {
  const next = numbers(seed);
  const pick = (of: readonly string[]) => of[next(of.length)] ?? '';
  const sentence = () =>
    `The ${pick(words.nouns)} ${pick(words.verbs)} the ${pick(words.nouns)} of the ${pick(words.nouns)} before the ${pick(words.nouns)} ${pick(words.verbs)}.`;
  const paragraph = () => Array.from({ length: 3 + next(4) }, sentence).join(' ');
  const parts = [`# ${title}`, '', paragraph(), ''];
  let length = 0;
  for (let section = 0; length < bytes; section++) {
    const name = pick(words.nouns);
    const part = [
      `## ${name} ${section}`,
      '',
      `${paragraph()} See [the start](index.md) and \`${name}.${pick(words.verbs)}()\`.`,
      '',
      section % 3 === 0
        ? `!!! note "About the ${name}"\n\n    ${sentence()}\n`
        : `- ${sentence()}\n- ${sentence()}\n`,
      section % 2 === 0
        ? `\`\`\`ts\nexport function ${name}${section}(count: number): string {\n  return \`\${count} ${name}\`;\n}\n\`\`\`\n`
        : `| ${name} | days |\n| --- | --- |\n| ${pick(words.nouns)} | ${next(90)} |\n`,
    ].join('\n');
    parts.push(part);
    length += part.length;
  }
  return parts.join('\n');
}

/** A repository with a site. @returns its folder. */
export function writeSite(home: string, name: string, pages: number, seed: number): string {
  const folder = join(home, name);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write(
    'mkdocs.yml',
    `site_name: ${name}\nmarkdown_extensions: [admonition, pymdownx.superfences, toc]\ntheme: material\n`,
  );
  write(
    'catalog-info.yaml',
    `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ${name}\n  annotations: { backstage.io/techdocs-ref: 'dir:.' }\nspec: { type: service, lifecycle: production, owner: payers }\n`,
  );
  write('docs/index.md', pageText(`About ${name}`, seed, 2000));
  for (let page = 1; page < pages; page++) {
    write(`docs/part-${page % 10}/page-${page}.md`, pageText(`${name} ${page}`, seed + page, 4000));
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=Ann', '-c', 'user.email=ann@example.com', ...args]);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Documentation');
  return folder;
}
