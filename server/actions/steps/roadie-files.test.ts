/** The small step actions of Roadie that deal with files. */
import { afterEach, describe, expect, it } from 'vitest';
import { roadieFsAppend } from './roadie-fs-append.ts';
import { roadieFsParse } from './roadie-fs-parse.ts';
import { roadieFsReplace } from './roadie-fs-replace.ts';
import { roadieFsWrite } from './roadie-fs-write.ts';
import { removeFolders, runStep } from './step.test-helper.ts';

afterEach(removeFolders);

describe('roadiehq:utils:fs:write', () => {
  it.each([
    ['text', 'text'],
    [{ a: 1 }, '{\n  "a": 1\n}'],
    [undefined, '""'],
  ])('writes %j', async (content, text) => {
    const { files, output } = await runStep(
      roadieFsWrite,
      { path: 'a/b', content },
      { files: { 'a/b': 'old' } },
    );
    expect([files, output]).toEqual([{ 'a/b': text }, { path: 'a/b' }]);
  });

  it('stays in the workspace', async () => {
    await expect(runStep(roadieFsWrite, { path: '../x', content: '' })).rejects.toThrow(
      'not within the workspace',
    );
  });
});

describe('roadiehq:utils:fs:append', () => {
  it('adds to a file, which it makes when it is not there', async () => {
    const files = { 'a.txt': 'one\n' };
    expect((await runStep(roadieFsAppend, { path: 'a.txt', content: 'two\n' }, { files })).files).toEqual({
      'a.txt': 'one\ntwo\n',
    });
    expect((await runStep(roadieFsAppend, { path: 'b/c.txt', content: 2 })).files).toEqual({
      'b/c.txt': '2',
    });
  });

  it('stays in the workspace', async () => {
    const files = { link: '-> ../outside' };
    await expect(runStep(roadieFsAppend, { path: 'link', content: '' }, { files })).rejects.toThrow(
      'not within',
    );
  });
});

describe('roadiehq:utils:fs:replace', () => {
  const files = { 'a.json': 'x.x', 'b/c.json': 'xx', '.d.json': 'x', 'e.txt': 'x' };
  const replace = (file: Record<string, unknown>) => runStep(roadieFsReplace, { files: [file] }, { files });

  it.each<[Record<string, unknown>, Record<string, string>]>([
    [{ file: 'a.json', find: 'x', replaceWith: 'y$&' }, { 'a.json': 'y$&.y$&' }],
    [{ file: '**/*.json', find: '.', replaceWith: '' }, { 'a.json': 'xx' }],
    [
      { file: '**/*.json', find: 'x+', replaceWith: '<$&>', matchRegex: true },
      { 'a.json': '<x>.<x>', 'b/c.json': '<xx>' },
    ],
    [
      { file: '*.json', find: 'x', replaceWith: 'y', includeDotFiles: true },
      { 'a.json': 'y.y', '.d.json': 'y' },
    ],
  ])('%j', async (input, changed) => {
    expect((await replace(input)).files).toEqual({ ...files, ...changed });
  });

  it.each([
    [{ file: 'a.json', find: '(', matchRegex: true }, 'Invalid regular expression'],
    [{ file: 'a.json', replaceWith: 'x' }, 'files.0.find'],
  ])('refuses %j', async (input, message) => {
    await expect(replace(input)).rejects.toThrow(message);
  });

  it('stops a pattern that takes forever', async () => {
    const input = { files: [{ file: 'a', find: '(a+)+$', matchRegex: true }] };
    const bomb = { a: `${'a'.repeat(40)}!` };
    await expect(runStep(roadieFsReplace, input, { files: bomb })).rejects.toThrow('takes too long');
  });
});

describe('roadiehq:utils:fs:parse', () => {
  const files = {
    'a.yaml': 'a: [1]\n---\nb: 2\n',
    'b.yaml': 'a: 1',
    'c.json': '{"a": 1}',
    'bad.yaml': 'a: [',
  };
  it.each([
    ['c.json', undefined, '{"a": 1}'],
    ['c.json', 'json', { a: 1 }],
    ['b.yaml', 'yaml', { a: 1 }],
    ['a.yaml', 'multiyaml', [{ a: [1] }, { b: 2 }]],
  ])('reads %s as %s', async (path, parser, content) => {
    expect((await runStep(roadieFsParse, { path, parser }, { files })).output).toEqual({ content });
  });

  it.each([
    ['b.yaml', 'json', 'b.yaml is no JSON'],
    ['bad.yaml', 'yaml', 'bad.yaml is no YAML'],
    ['bad.yaml', 'multiyaml', 'bad.yaml is no YAML'],
    ['c.json', 'toml', 'parser'],
    ['nowhere', 'json', 'nowhere is not there'],
  ])('refuses %s as %s', async (path, parser, message) => {
    await expect(runStep(roadieFsParse, { path, parser }, { files })).rejects.toThrow(message);
  });
});
