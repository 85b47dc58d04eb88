import { expect, it } from 'vitest';
import { checkBefore, completeCheck, completeDescriptor, wordsOf } from './completion.ts';

const words = wordsOf({
  variables: [
    { name: 'entity', description: 'The entity' },
    { name: 'facts', description: 'What is known' },
    { name: 'ages', description: 'Days' },
  ],
  functions: [{ signature: 'hasFile(string): bool', description: 'Whether there is a file' }],
  facts: [
    {
      name: 'readme',
      title: 'README',
      description: '',
      schema: {
        type: 'object',
        properties: { words: { type: 'integer', description: 'How long' }, present: { type: 'boolean' } },
      },
    },
  ],
});
const check = completeCheck(words);
const found = (text: string, asked = false) => check(text, text.length, asked).map(({ label }) => label);

it('offers what begins as what is written, the short before the deep', () => {
  expect(found('fa')).toEqual(['facts', 'facts.readme', 'facts.readme.words', 'facts.readme.present']);
  expect(found('facts.readme.w')).toEqual(['facts.readme.words']);
  expect(found('1 < ag')).toEqual(['ages', 'ages.readme']);
});

it('offers a name once, from however many sides it is known', () => {
  const fact = { name: 'ci', title: 'CI', description: '', schema: {} };
  const size = { signature: 'size(list or text): int', description: 'As the server tells it' };
  const twice = wordsOf({
    variables: [],
    functions: [size],
    facts: [fact, { ...fact, title: 'Reported CI' }],
  });
  expect(twice.filter(({ insert }) => insert === 'facts.ci')).toMatchObject([{ detail: 'CI' }]);
  expect(twice.filter(({ insert }) => insert === 'size(')).toMatchObject([
    { detail: 'As the server tells it' },
  ]);
});

it('says of which type a field is', () => {
  expect(check('facts.readme.w', 14, false)[0]?.detail).toBe('integer: How long');
});

it('offers functions that are called on a value after its dot', () => {
  const text = 'entity.metadata.name.mat';
  expect(check(text, text.length, false)).toMatchObject([{ insert: 'matches(', from: text.length - 3 }]);
  expect(found('mat')).toEqual([]);
});

it('offers nothing within quotes, nothing for what is complete, and nothing unasked', () => {
  expect(found('hasFile("fa')).toEqual([]);
  expect(found("'it\\'s fa")).toEqual([]);
  expect(found('facts.readme.words')).toEqual([]);
  expect(found('')).toEqual([]);
  expect(found('', true)).toContain('facts');
});

it('takes the place of what is written, not of what stands before it', () => {
  const text = 'has(facts.rea';
  expect(check(text, text.length, false)[0]).toMatchObject({ insert: 'facts.readme', from: 4 });
});

it('knows where in a descriptor a check stands', () => {
  const text = [
    'rules:',
    '  - id: a',
    '    check: facts.',
    '    why: facts.',
    '    when: >-',
    '      facts.',
  ].join('\n');
  const at = (part: string) => text.indexOf(part) + part.length;
  expect(checkBefore(text, at('check: facts.'))).toBe('facts.');
  expect(checkBefore(text, at('why: facts.'))).toBe(undefined);
  expect(checkBefore(text, text.length)?.trim()).toBe('facts.');
  expect(completeDescriptor(words)(text, at('why: facts.'), false)).toEqual([]);
  expect(completeDescriptor(words)(text, text.length, false).length).toBeGreaterThan(0);
});

it('completes a check that stands in quotes', () => {
  const text = 'check: "facts.readme.p';
  expect(completeDescriptor(words)(text, text.length, false)).toMatchObject([
    { label: 'facts.readme.present' },
  ]);
});
