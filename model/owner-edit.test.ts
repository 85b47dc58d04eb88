import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { readDescriptors } from './descriptor.ts';
import { fuzzRuns } from './fuzz-runs.test-helper.ts';
import { editOwner, type OwnerEdit } from './owner-edit.ts';
import { canonicalRef, formatRef } from './ref.ts';

const ledger = { ref: 'group:default/ledger', name: 'Ledger' };
const pay = 'component:default/pay';
const head = 'kind: Component\nmetadata: { name: Pay }\n';

function edited(edit: OwnerEdit): string {
  if ('reason' in edit) throw new Error(edit.reason);
  return edit.text;
}
const specOf = (spec: string, owner = ledger) =>
  edited(editOwner(head + spec, pay, owner)).slice(head.length);

describe('the owner in a descriptor', () => {
  it.each([
    ['spec:\n  owner: shop # for now\n  type: x\n', 'spec:\n  owner: Ledger # for now\n  type: x\n'],
    ['spec:\n  owner: "shop"\n', 'spec:\n  owner: "Ledger"\n'],
    ["spec:\n  owner: 'shop'\n", "spec:\n  owner: 'Ledger'\n"],
    ['spec:\n    owner:   group:shop   \n', 'spec:\n    owner:   group:Ledger   \n'],
    ['spec:\n  owner: group:default/shop\n', 'spec:\n  owner: group:default/Ledger\n'],
    ['spec: { type: x, owner: shop }\n', 'spec: { type: x, owner: Ledger }\n'],
    ['spec: {type: x, owner: shop}', 'spec: {type: x, owner: Ledger}'],
    ['spec:\n  owner: >-\n    shop\n  type: x\n', 'spec:\n  owner: Ledger\n  type: x\n'],
    ['spec:\n  owner:\n  type: x\n', 'spec:\n  owner: Ledger\n  type: x\n'],
    ['spec:\n  owner: ""\n  type: x\n', 'spec:\n  owner: "Ledger"\n  type: x\n'],
    ['spec:\r\n  owner: shop\r\n  type: x\r\n', 'spec:\r\n  owner: Ledger\r\n  type: x\r\n'],
    ['spec:\n  a: &o shop\n  owner: *o\n', 'spec:\n  a: &o shop\n  owner: Ledger\n'],
    ['spec:\n  owner: &o shop\n', 'spec:\n  owner: &o Ledger\n'],
    ['spec:\n  owner: shop', 'spec:\n  owner: Ledger'],
  ])('is changed where it stands: %j', (before, after) => {
    expect(specOf(before)).toBe(after);
  });

  it.each([
    [
      'spec:\n  type: x # why\n  # a note\n  system: s\n',
      'spec:\n  type: x # why\n  owner: Ledger\n  # a note\n  system: s\n',
    ],
    [
      'spec:\n  type: x\n  lifecycle: y\n  b: 1\n',
      'spec:\n  type: x\n  lifecycle: y\n  owner: Ledger\n  b: 1\n',
    ],
    ['spec:\r\n    type: x\r\n', 'spec:\r\n    type: x\r\n    owner: Ledger\r\n'],
    ['spec:\n  type: x', 'spec:\n  type: x\n  owner: Ledger'],
    ['spec:\n  system: s\n', 'spec:\n  owner: Ledger\n  system: s\n'],
    ['spec:\n  type: >-\n    x\n  b: 1\n', 'spec:\n  owner: Ledger\n  type: >-\n    x\n  b: 1\n'],
    ['spec: { type: x }\n', 'spec: {owner: Ledger,  type: x }\n'],
    ['spec: {}\n', 'spec: {owner: Ledger}\n'],
    [
      'spec:\n  <<: { owner: shop }\n  type: x\n',
      'spec:\n  <<: { owner: shop }\n  type: x\n  owner: Ledger\n',
    ],
  ])('is added where there was none: %j', (before, after) => {
    expect(specOf(before)).toBe(after);
  });
});

describe('the new owner', () => {
  it.each([
    [{ ref: 'user:default/ada', name: 'ada' }, 'spec:\n  owner: shop\n', 'spec:\n  owner: user:ada\n'],
    [
      { ref: 'group:money/ledger', name: 'ledger' },
      'spec:\n  owner: shop\n',
      'spec:\n  owner: money/ledger\n',
    ],
    [{ ref: 'user:money/ada', name: 'ada' }, 'spec:\n  owner: shop\n', 'spec:\n  owner: user:money/ada\n'],
    [{ ref: 'group:default/on', name: 'on' }, 'spec:\n  owner: shop\n', 'spec:\n  owner: "on"\n'],
    [{ ref: 'group:default/1e3', name: '1e3' }, 'spec:\n  owner: shop\n', 'spec:\n  owner: "1e3"\n'],
  ])('is written as short as can be: %j', (owner, before, after) => {
    expect(specOf(before, owner)).toBe(after);
  });

  it('is left alone when it is the same, however it is written', () => {
    const text = `${head}spec:\n  owner: group:Default/LEDGER\n`;
    expect(editOwner(text, pay, ledger)).toEqual({ text });
  });

  it.each([
    ['', 'has no readable document of component:default/pay'],
    ['kind: Component\nmetadata: { name: other }\n', 'has no readable document of component:default/pay'],
    [`${head}spec: [\n`, 'has no readable document'],
    [`${head}spec: text\n`, 'its spec is no mapping of its own'],
    [`x: &s { owner: a }\n${head}spec: *s\n`, 'its spec is no mapping of its own'],
    [`${head}spec:\n  owner: &o shop\n  b: *o\n`, 'by an alias'],
    [`${head}spec:\n  owner: shop\n  owner: shop\n`, 'has no readable document'],
    [`${head}spec:\n  b: ${'b'.repeat(1 << 20)}\n`, 'too long'],
  ])('is not changed where that is not safe (%#)', (text, reason) => {
    expect(editOwner(text, pay, ledger)).toEqual({ reason: expect.stringContaining(reason) });
  });
});

describe('a file with several documents', () => {
  const file = `\uFEFF# all of us
apiVersion: backstage.io/v1alpha1
kind: API
metadata:
  name: pay
spec:
  owner: shop   # the API
  definition:
    $text: ./openapi.yaml
--- # second
kind: Component
metadata:
  name: pay
  namespace: money
spec: {owner: shop}
---
broken: [
---
${head}spec:
  owner: shop
`;

  it('changes one of them', () => {
    expect(edited(editOwner(file, pay, ledger))).toBe(file.replace(/shop\n$/, 'Ledger\n'));
    expect(edited(editOwner(file, 'api:default/pay', ledger))).toBe(file.replace('shop ', 'Ledger '));
    const other = edited(editOwner(file, 'component:money/pay', ledger));
    expect(other).toBe(file.replace('{owner: shop}', '{owner: default/Ledger}'));
  });
});

const data = join(import.meta.dirname, '..', '..', 'shared', 'data');
const folders = ['real-catalogs', 'real-catalogs-history'].filter((name) => existsSync(join(data, name)));

/** Every document of a file that names an owner as text. */
function ownedIn(text: string): { ref: string; line: number | undefined }[] {
  const readable = parseAllDocuments(text, { logLevel: 'error' });
  if (!Array.isArray(readable) || readable.some(({ errors }) => errors.length > 0)) return [];
  return readDescriptors(text).flatMap(({ value, lines }) => {
    const { kind, metadata, spec } = (value ?? {}) as Record<string, Record<string, string> | string>;
    if (typeof kind !== 'string' || typeof metadata !== 'object' || typeof spec !== 'object') return [];
    if (typeof metadata.name !== 'string' || typeof spec.owner !== 'string') return [];
    const ref = formatRef({ kind, namespace: metadata.namespace ?? 'default', name: metadata.name });
    return [{ ref, line: lines['spec.owner'] }];
  });
}

describe.runIf(folders.length > 0)('real descriptors', () => {
  it('differ in the line of the owner alone', () => {
    const team = { ref: 'group:default/new-owners', name: 'new-owners' };
    let documents = 0;
    const refused: string[] = [];
    for (const folder of folders) {
      for (const file of readdirSync(join(data, folder)).filter((name) => /\.ya?ml$/.test(name))) {
        const text = readFileSync(join(data, folder, file), 'utf8');
        const owned = ownedIn(text);
        for (const { ref, line } of owned.filter((one, index) => firstOf(owned, one.ref) === index)) {
          const edit = editOwner(text, ref, team);
          if ('reason' in edit) {
            refused.push(`${file} ${ref}: ${edit.reason}`);
            continue;
          }
          documents++;
          const [before, after] = [text.split('\n'), edit.text.split('\n')];
          expect(after.length, file).toBe(before.length);
          const different = before.flatMap((each, index) => (each === after[index] ? [] : [index + 1]));
          expect(different, `${file} ${ref}`).toEqual([line]);
        }
      }
    }
    expect(refused).toEqual([]);
    expect(documents).toBeGreaterThan(150);
  });
});

const firstOf = (owned: readonly { ref: string }[], ref: string) => owned.findIndex((one) => one.ref === ref);

describe('any text', () => {
  it('is edited into one that names the new owner, or refused', () => {
    const line = fc.constantFrom(
      'kind: Component',
      'metadata:',
      '  name: pay',
      'spec:',
      '  owner: shop',
      '  owner:',
      '  type: x',
      '  - a',
      '---',
      '{',
      '}',
      '"',
      '  owner: |',
      '    x',
      '\t',
      '# c',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
        const edit = editOwner(lines.join('\n'), pay, ledger);
        if ('reason' in edit) return;
        const owners = readDescriptors(edit.text).map(
          ({ value }) => (value?.spec as { owner?: unknown })?.owner,
        );
        const named = owners.flatMap((owner) =>
          typeof owner === 'string' ? [canonicalRef(owner, { kind: 'group' })] : [],
        );
        expect(named).toContain(ledger.ref);
      }),
      { numRuns: fuzzRuns(2000) },
    );
  });
});
