/** The small step actions of Roadie that deal with values. */
import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { roadieJsonMerge, roadieMerge } from './roadie-merge.ts';
import { roadieSerializeJson, roadieSerializeYaml } from './roadie-serialize.ts';
import { removeFolders, runStep } from './step.test-helper.ts';

afterEach(removeFolders);

describe('roadiehq:utils:serialize', () => {
  const data = { a: 1, b: [2], c: { d: 'x' } };
  it.each([
    [{ data }, '{"a":1,"b":[2],"c":{"d":"x"}}'],
    [{ data, replacer: ['a', 'c'] }, '{"a":1,"c":{}}'],
    [{ data: { a: 1 }, space: 2 }, '{\n  "a": 1\n}'],
    [{ data: { a: 1 }, space: '2' }, '{\n  "a": 1\n}'],
    [{ data: { a: 1 }, space: '\t' }, '{\n\t"a": 1\n}'],
    [{}, 'null'],
  ])('writes %j as JSON', async (input, serialized) => {
    expect((await runStep(roadieSerializeJson, input)).output).toEqual({ serialized });
  });

  it.each([
    [{ data }, 'a: 1\nb:\n  - 2\nc:\n  d: x\n'],
    [{ data, options: { indent: 4 } }, 'a: 1\nb:\n    - 2\nc:\n    d: x\n'],
    [{ data, replacer: ['a'] }, 'a: 1\n'],
  ])('writes %j as YAML', async (input, serialized) => {
    expect((await runStep(roadieSerializeYaml, input)).output).toEqual({ serialized });
  });
});

describe('roadiehq:utils:merge', () => {
  const files = { 'a.json': '{"a": {"b": 1, "c": [1, 2]}}', 'a.yaml': 'a:\n  b: 1\n', 'a.txt': 'x' };
  const content = { a: { d: 2, c: [{ e: 3 }] } };

  it('merges into JSON, mappings key by key and lists item by item', async () => {
    const { files: after, output } = await runStep(roadieMerge, { path: 'a.json', content }, { files });
    expect(JSON.parse(after['a.json'] ?? '')).toEqual({ a: { b: 1, c: [{ e: 3 }, 2], d: 2 } });
    expect(output).toEqual({ path: 'a.json' });
  });

  it('merges into YAML, also what is given as text', async () => {
    const after = await runStep(roadieMerge, { path: 'a.yaml', content: 'a: {b: 2}\nx: 1' }, { files });
    expect(parse(after.files['a.yaml'] ?? '')).toEqual({ a: { b: 2 }, x: 1 });
  });

  it('takes __proto__ for a key as any other', async () => {
    await runStep(roadieMerge, { path: 'a.json', content: '{"__proto__": {"polluted": 1}}' }, { files });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    [{ path: 'nowhere.json', content }, 'nowhere.json is not there'],
    [{ path: 'a.txt', content }, 'neither JSON nor YAML'],
    [{ path: 'a.json', content: '{' }, 'a.json:'],
    [{ path: 'a.json' }, 'content'],
    [{ path: '../a.json', content }, 'not within the workspace'],
  ])('refuses %j', async (input, message) => {
    await expect(runStep(roadieMerge, input, { files })).rejects.toThrow(message);
  });

  it('makes the file where it is one of JSON by its action', async () => {
    const { files: after } = await runStep(roadieJsonMerge, { path: 'new/b', content });
    expect(JSON.parse(after['new/b'] ?? '')).toEqual(content);
  });
});
