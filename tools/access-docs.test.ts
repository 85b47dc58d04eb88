import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createKindRegistry } from '#model/kind-registry.ts';
import { permissionRow, permissions } from '#model/permissions.ts';
import { readRotation } from '#model/rotation-reading.ts';
import { validateEntity } from '#model/validate.ts';
import { configSchema } from '#server/kernel/config.ts';
import { tableRows } from './doc-table.ts';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const guides = ['docs/access.md', 'docs/sign-in.md', 'docs/ownership.md'];
const examples = guides.flatMap((file) =>
  [...read(file).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = ''], at) => ({ file, at, text })),
);
const configurations = examples.filter(({ text }) => /^access:/m.test(text));
const descriptors = examples.filter(({ text }) => /^kind:/m.test(text));

/** Puts something where an example says that a secret is. */
function withSecrets(text: string): string {
  return text.replace(/\{ (?:env|file): \S+ \}/g, () => {
    process.env.ATRIUM_TEST_EXAMPLE = 'an-example';
    return '{ env: ATRIUM_TEST_EXAMPLE }';
  });
}

describe('the guides to access', () => {
  it('have examples of configurations and descriptors, and no other', () => {
    expect(configurations.length).toBeGreaterThanOrEqual(10);
    expect(descriptors.length).toBeGreaterThanOrEqual(3);
    expect(configurations.length + descriptors.length).toBe(examples.length);
  });

  it.each(configurations)('have valid configurations: $file, example $at', ({ text }) => {
    expect(configSchema.safeParse(parse(withSecrets(text))).error?.issues ?? []).toEqual([]);
  });

  it.each(descriptors)('have valid descriptors: $file, example $at', ({ text }) => {
    const { problems } = validateEntity(parse(text), createKindRegistry());
    const { problems: ofRotation } = readRotation(parse(text).spec.onCall);
    expect([...problems, ...ofRotation]).toEqual([]);
  });

  it('name every permission with what it allows, its least role, and whether it is of an entity', () => {
    const rows = tableRows(read('docs/access.md')).filter((row) => row.length === 4);
    expect(rows).toEqual(
      permissions.map((name) => {
        const { summary, role, ofEntity } = permissionRow(name);
        return [name, summary, role, ofEntity ? 'yes' : 'no'];
      }),
    );
  });

  it('name routes that there are', () => {
    const { paths } = JSON.parse(read('docs/openapi.json')) as { paths: Record<string, object> };
    const known = new Set(Object.keys(paths).map((path) => path.replace(/\{\w+\}/g, '{}')));
    const named = ['docs/ownership.md', 'docs/access.md']
      .flatMap((file) => [...read(file).matchAll(/`(?:[A-Z, `]+ )?(\/api\/[^\s`?]+)/g)])
      .map(([, path = '']) => path.replace(/\{\w+\}/g, '{}'));
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((path) => !known.has(path))).toEqual([]);
  });
});
