import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzRuns } from '#model/fuzz-runs.test-helper.ts';
import type { RuleCheck } from '#model/scorecard.ts';
import { createTypedEnvironment, faultOf } from './environment.ts';
import { SubjectJudge } from './judge-subjects.ts';
import type { Answer, Subject } from './protocol.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const kinds = [
  {
    name: 'readme',
    schema: { type: 'object', properties: { present: { type: 'boolean' }, words: { type: 'integer' } } },
  },
  { name: 'coverage', schema: { type: 'object', properties: { lines: { type: 'number' } } } },
  { name: 'docs', schema: { type: 'object', properties: { lastCommit: { type: 'string' } } } },
  {
    name: 'files',
    schema: { type: 'object', properties: { paths: { type: 'array', items: { type: 'string' } } } },
  },
];

interface World {
  entity?: object;
  facts?: Record<string, unknown>;
  at?: string;
  stale?: boolean;
  owner?: object | null;
  dependencies?: object[];
}

function subject({ entity = {}, facts = {}, at, stale = false, owner = null, dependencies }: World): Subject {
  const stored = Object.entries(facts).map(([name, value]) => [
    name,
    { value, at: at ?? '2026-03-01T00:00:00.000Z' },
  ]);
  return {
    entity: JSON.stringify({ kind: 'Component', metadata: { name: 'a' }, spec: {}, ...entity }),
    facts: JSON.stringify([{ source: 'estate', facts: Object.fromEntries(stored), stale }]),
    owner: owner && JSON.stringify(owner),
    system: null,
    dependencies: dependencies ? JSON.stringify(dependencies) : null,
    files: null,
    by: [0],
  };
}

function judged(checks: RuleCheck[], world: World, explain = true): Answer {
  const task = {
    id: 1,
    kinds,
    sets: [{ key: JSON.stringify(checks), rules: [{ checks }] }],
    subjects: [subject(world)],
    now: NOW,
    explain,
  };
  const [answer] = new SubjectJudge().judge(task);
  if (!answer) throw new Error('There is no answer');
  return answer;
}

function verdict(check: string, world: World = {}) {
  const { results, reasons } = judged([{ when: null, check }], world);
  return [results[0]?.[0], reasons?.[0]?.[0]?.message ?? null];
}

describe('a rule', () => {
  const readme = { present: true, words: 12 };

  it('passes or fails, and says what it found', () => {
    expect(verdict('facts.readme.words >= 10', { facts: { readme } })).toEqual([
      'pass',
      'readme.words is 12',
    ]);
    expect(verdict('facts.readme.words >= 50', { facts: { readme } })).toEqual([
      'fail',
      'readme.words is 12',
    ]);
  });

  it('is unknown where the fact is missing, or does not tell, and not failed', () => {
    expect(verdict('facts.coverage.lines > 1.0')).toEqual(['unknown', 'Nothing is known of coverage']);
    expect(verdict('facts.coverage.lines > 1.0', { facts: { coverage: {} } })).toEqual([
      'unknown',
      'coverage does not tell lines',
    ]);
    expect(verdict('ages.coverage < 30')[0]).toBe('unknown');
  });

  it('is unknown where the fact is stale', () => {
    expect(verdict('facts.readme.present', { facts: { readme }, stale: true })[0]).toBe('unknown');
  });

  it('fails where the entity does not state what it asks for', () => {
    expect(verdict("entity.spec.system != ''")).toEqual(['fail', 'entity.spec.system is not stated']);
    expect(verdict('has(owner.spec.onCall)')[0]).toBe('fail');
  });

  it('passes when one half is enough, whatever the other lacks', () => {
    expect(verdict('facts.coverage.lines > 1.0 || facts.readme.present', { facts: { readme } })[0]).toBe(
      'pass',
    );
  });

  it('knows the age of facts, and how long ago a date was', () => {
    expect(verdict('ages.readme < 1.0', { facts: { readme } })).toEqual([
      'pass',
      'age of readme in days is 0.5',
    ]);
    const docs = { lastCommit: '2025-12-31' };
    expect(verdict('daysSince(facts.docs.lastCommit) < 30.0', { facts: { docs } })[0]).toBe('fail');
    expect(verdict("daysSince('soon') < 30.0")).toEqual(['unknown', '“soon” is no date']);
  });

  it('looks at files and at what the entity depends on', () => {
    const files = { paths: ['Dockerfile', 'docs/index.md'] };
    expect(verdict("hasFile('docs/**/*.md')", { facts: { files } })[0]).toBe('pass');
    expect(verdict("hasFile('*.sarif')", { facts: { files } })[0]).toBe('fail');
    expect(verdict("hasFile('x')")[0]).toBe('unknown');
    const dependencies = [{ spec: { lifecycle: 'production' } }, { spec: { lifecycle: 'deprecated' } }];
    expect(verdict("dependencies.all(d, d.spec.lifecycle != 'deprecated')", { dependencies })[0]).toBe(
      'fail',
    );
  });

  it('takes the first variant whose condition holds, and is not applicable where none does', () => {
    const go = { metadata: { labels: { language: 'go' } } };
    const checks = [
      { when: "entity.metadata.labels.language == 'go'", check: 'true' },
      { when: "entity.metadata.labels.language == 'java'", check: 'false' },
    ];
    expect(judged(checks, { entity: go }).results).toEqual([['pass']]);
    expect(judged(checks, {}).results).toEqual([['not-applicable']]);
  });

  it('tells numbers with and without a fraction as their schema does', () => {
    const facts = { coverage: { lines: 80 } };
    expect(verdict('facts.coverage.lines + 0.5 > 80.0', { facts })[0]).toBe('pass');
  });
});

describe('what a rule may take', () => {
  it('ends a pattern that tries for ever, and leaves the other rules alone', () => {
    const bad = { when: null, check: `('${'a'.repeat(60)}!').matches('(a+)+$')` };
    const sets = [{ key: 'bad', rules: [{ checks: [bad] }, { checks: [{ when: null, check: 'true' }] }] }];
    const task = { id: 1, kinds, sets, subjects: [subject({})], now: NOW, explain: false };
    expect(new SubjectJudge().judge(task)[0]?.results).toEqual([['unknown', 'pass']]);
    const [explained] = new SubjectJudge().judge({ ...task, explain: true });
    expect(explained?.reasons?.[0]?.[0]?.message).toContain('took longer than');
  });

  it('ends loops within loops', () => {
    const list = `[${Array.from({ length: 100 }, (_, index) => index).join(',')}]`;
    const nested = ['a', 'b', 'c', 'd'].reduceRight(
      (inner, name) => `${list}.all(${name}, ${inner})`,
      'true',
    );
    const fault = faultOf(createTypedEnvironment(kinds), nested);
    if (!fault) expect(verdict(nested)[0]).toBe('unknown');
    else expect(fault.message).toMatch(/node|limit|exceed/i);
  });
});

describe('what a rule may reach', () => {
  it.each([
    'entity.constructor',
    "entity['__proto__']",
    'facts.constructor.constructor',
    "facts['constructor']('return process')()",
    'process.env.HOME',
    'globalThis',
    "require('fs')",
    'entity.metadata.toString()',
    "'a'.constructor",
    '[].constructor',
    'daysSince.constructor',
    'this',
  ])('is nothing but its inputs: %s', (check) => {
    let result: unknown;
    try {
      [result] = verdict(check);
    } catch (error) {
      result = error instanceof Error ? 'refused' : error;
    }
    expect(['refused', 'unknown', 'fail']).toContain(result);
  });
});

describe('whatever is written', () => {
  it('never throws', () => {
    const word = fc.constantFrom(
      ...[
        'facts',
        'entity',
        '.',
        'readme',
        '(',
        ')',
        '[',
        ']',
        '"a"',
        '1',
        '+',
        '&&',
        '||',
        '!',
        'has',
        'matches',
      ],
      ...[
        '.all(x, ',
        '.map(x, ',
        'size',
        '==',
        '?',
        ':',
        'in',
        '{',
        '}',
        ',',
        "'(a*)*$'",
        'dependencies',
        'null',
      ],
    );
    const environment = createTypedEnvironment(kinds);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const check = words.join('');
        if (faultOf(environment, check)) return;
        expect(['pass', 'fail', 'unknown']).toContain(verdict(check)[0]);
      }),
      { numRuns: fuzzRuns(5000) },
    );
  });
});

describe('checking a rule', () => {
  const environment = createTypedEnvironment(kinds);

  it.each([
    ['facts.readme.wrods > 3', 'No such key: wrods', 'wrods'],
    ['facts.sonar.rating > 3', 'No such key: sonar', 'sonar'],
    ['facts.readme.words > "x"', 'no such overload: int > string', 'facts.readme.words > "x"'],
    ['facts.readme.words +', 'Unexpected token: EOF', ''],
    ['facts.readme.words', 'It gives int, and should give true or false', 'facts.readme.words'],
  ])('names the place of the mistake in %s', (check, message, part) => {
    const fault = faultOf(environment, check);
    expect(fault?.message).toBe(message);
    expect(check.slice(fault?.start, fault?.end)).toBe(part);
  });

  it.each([
    'facts.readme.present',
    'has(facts.coverage)',
    'owner == null',
    "hasFile('a')",
    'ages.readme < 3',
  ])('takes %s', (check) => expect(faultOf(environment, check)).toBeUndefined());
});
