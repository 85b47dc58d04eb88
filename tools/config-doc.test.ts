import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '#server/kernel/config.ts';
import { configurationDoc } from './config-doc.ts';
import { tableRows } from './doc-table.ts';

const root = join(import.meta.dirname, '..');
const document = readFileSync(join(root, 'docs/configuration.md'), 'utf8');

describe('docs/configuration.md', () => {
  it('is what the schemas say; `node tools/config-doc.ts` writes it anew', () => {
    expect(configurationDoc(document)).toBe(document);
  });

  it('names every flag that the server takes', () => {
    const flags = [
      ...readFileSync(join(root, 'server/arguments.ts'), 'utf8').matchAll(/^ {6}(\w+): \{ type: /gm),
    ];
    const named = tableRows(document).flatMap(([first = '']) => /^--(\w+)/.exec(first)?.[1] ?? []);
    expect(flags.length).toBeGreaterThan(0);
    expect(named.sort()).toEqual(flags.map(([, name]) => name).sort());
  });
});

describe('the examples', () => {
  const documents = ['README.md', 'docs/configuration.md', 'docs/descriptors.md'];
  const blocks = documents.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => [
      file,
      text,
    ]),
  );
  const configurations = blocks.filter(([, text = '']) => /^(sources|relations):/m.test(text));

  it('are there', () => {
    expect(configurations.length).toBeGreaterThanOrEqual(4);
  });

  it.each(configurations)('of %s are valid', (_file, text = '') => {
    expect(configSchema.safeParse(parse(text)).error?.issues ?? []).toEqual([]);
  });
});
