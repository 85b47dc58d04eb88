import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Problem } from './contribution.ts';
import { readDescriptors, withLines } from './descriptor.ts';
import { seed, textMutation, valueMutation } from './fuzz-inputs.ts';
import { fuzzRuns } from './fuzz-runs.test-helper.ts';
import { createKindRegistry } from './kind-registry.ts';
import { findPlaceholders } from './placeholders.ts';
import { deriveRelations } from './relations.ts';
import { toDescriptorYaml } from './to-yaml.ts';
import { validateEntity } from './validate.ts';
import { parseFast } from './yaml-events.ts';
import { parseTolerant } from './yaml-tolerant.ts';

const kinds = createKindRegistry();
const sound = (problem: Problem) => problem.message.length > 3 && problem.remedy.length > 3;
const soundLine = (problem: Problem) => sound(problem) && (problem.line ?? 0) >= 1;

/** Runs everything that a reading does, and says what was refused without a reason. */
function faultsOfText(text: string): Problem[] {
  return readDescriptors(text).flatMap((document) => {
    const { entity, problems } = document.value
      ? validateEntity(document.value, kinds)
      : { entity: undefined, problems: [] };
    const derived = entity ? deriveRelations(entity, kinds).problems : [];
    const all = [...document.problems, ...withLines([...problems, ...derived], document)];
    const silent = !entity && all.length === 0 && document.skipped !== 'empty';
    const faults = all.filter((problem) => !soundLine(problem));
    return silent ? [...faults, { level: 'error', message: 'refused in silence', remedy: '' }] : faults;
  });
}

function mutateValue(mutations: { path: string[]; value: unknown; key: string | undefined }[]): unknown {
  const root = structuredClone(readDescriptors(seed)[0]?.value ?? {});
  for (const { path, value, key } of mutations) {
    let holder: unknown = root;
    for (const part of path.slice(0, -1)) holder = isObject(holder) ? holder[part] : undefined;
    if (!isObject(holder)) continue;
    const name = key ?? path.at(-1) ?? '';
    Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
  }
  return root;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

describe('anything that is read', () => {
  it('gives an entity, a reason to skip, or a problem with message, remedy and line', () => {
    const runs = fc.property(fc.array(textMutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      const text = mutations.reduce((current, mutate) => mutate(current), seed);
      const faults = faultsOfText(text);
      if (faults.length > 0) expect(faults).toEqual([]);
    });
    fc.assert(runs, { numRuns: fuzzRuns(5000), seed: 1 });
  }, 60_000);

  it('may be any value', () => {
    const runs = fc.property(fc.array(valueMutation, { minLength: 1, maxLength: 3 }), (mutations) => {
      const { entity, problems } = validateEntity(mutateValue(mutations), kinds);
      const faults = problems.filter((problem) => !sound(problem));
      if (faults.length > 0) expect(faults).toEqual([]);
      const refused = problems.some(({ level }) => level === 'error');
      if (refused === (entity !== undefined)) expect(problems).toEqual('an entity or an error');
      if (entity) {
        deriveRelations(entity, kinds);
        findPlaceholders(entity);
        const [document] = readDescriptors(toDescriptorYaml(entity));
        const unread = document?.problems.filter(({ level }) => level === 'error') ?? [];
        if (unread.length > 0) expect(unread).toEqual([]);
      }
    });
    fc.assert(runs, { numRuns: fuzzRuns(5000), seed: 2 });
  }, 60_000);
});

describe('the fast and the tolerant parser', () => {
  const key = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_./ :#é'), minLength: 1, maxLength: 12 });
  const leaf = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 30 }),
    fc.constantFrom(
      'true',
      '1',
      '0x1f',
      '1e3',
      '.inf',
      '~',
      'null',
      'yes',
      '2024-01-01',
      '- a',
      'a: b',
      '# a',
      'a\nb\n',
    ),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
    fc.constant(null),
  );
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('tree'), { maxLength: 4 }), tie('map')),
    map: fc.dictionary(key, tie('tree'), { maxKeys: 5 }),
  }));

  it('agree on the value and the lines of what either library writes', () => {
    const runs = fc.property(
      fc.dictionary(key, tree ?? leaf, { minKeys: 1, maxKeys: 5 }),
      fc.boolean(),
      (value, own) => {
        const text = own ? stringify(value) : dump(value);
        const [fast] = parseFast(text);
        const [tolerant] = parseTolerant(text);
        expect(fast?.value).toEqual(tolerant?.value);
        expect(fast?.lines).toEqual(tolerant?.lines);
      },
    );
    fc.assert(runs, { numRuns: fuzzRuns(1500), seed: 3 });
  }, 60_000);
});
