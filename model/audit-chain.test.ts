import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AuditStatement,
  ChainCheck,
  type ChainedEntry,
  canonicalJson,
  chainStart,
  entryHash,
} from './audit-chain.ts';

const text = fc.string({ unit: 'binary', maxLength: 12 }).map((value) => value.toWellFormed());
const statement: fc.Arbitrary<Omit<AuditStatement, 'seq'>> = fc.record({
  at: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  actor: text,
  behind: fc.option(text),
  address: text,
  action: text,
  target: fc.option(text),
  outcome: fc.constantFrom('done', 'refused', 'failed'),
  status: fc.integer({ min: 200, max: 599 }),
  before: fc.jsonValue(),
  after: fc.jsonValue(),
});

function chain(statements: readonly Omit<AuditStatement, 'seq'>[]): ChainedEntry[] {
  let previousHash = chainStart.hash;
  return statements.map((each, index) => {
    const told = { ...each, seq: index + 1 };
    const hash = entryHash(previousHash, told);
    const entry = { ...told, previousHash, hash };
    previousHash = hash;
    return entry;
  });
}

function brokenAt(entries: readonly ChainedEntry[], whole: readonly ChainedEntry[]): number | undefined {
  const check = new ChainCheck(chainStart);
  for (const entry of entries) check.add(entry);
  check.end(whole.at(-1) ?? chainStart);
  return check.broken?.seq;
}

const chains = fc.array(statement, { minLength: 2, maxLength: 8 }).map(chain);
const chainAndPlace = chains.chain((entries) =>
  fc.tuple(fc.constant(entries), fc.nat({ max: entries.length - 1 })),
);

describe('canonical JSON', () => {
  it('is the same for equal values, however their keys are ordered', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'ä"\n' }], a: true })).toBe(
      canonicalJson({ a: true, b: [1, { c: 'ä"\n', d: null }] }),
    );
    expect(canonicalJson({ b: 1, a: undefined })).toBe('{"b":1}');
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = JSON.parse(JSON.stringify(value));
        expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
      }),
    );
  });
});

describe('a chain', () => {
  it('is intact as it was written, also after a detour through JSON', () => {
    fc.assert(
      fc.property(chains, (entries) => {
        expect(brokenAt(JSON.parse(JSON.stringify(entries)), entries)).toBeUndefined();
      }),
    );
  });

  it.each([
    ['actor', 'mallory'],
    ['behind', 'mallory'],
    ['address', '192.0.2.1'],
    ['action', 'nothing'],
    ['target', 'component:default/other'],
    ['at', '1999-12-31T23:59:59.000Z'],
    ['status', 299],
    ['outcome', 'hidden'],
    ['before', { other: true }],
    ['after', { other: true }],
  ])('names the entry whose %s was changed', (field, value) => {
    fc.assert(
      fc.property(chainAndPlace, ([entries, place]) => {
        const changed = entries.map((entry, index) =>
          index === place ? { ...entry, [field]: value } : entry,
        );
        fc.pre(canonicalJson(changed) !== canonicalJson(entries));
        expect(brokenAt(changed, entries)).toBe(place + 1);
      }),
    );
  });

  it('names the entry that follows on one that is gone, or the last that is gone', () => {
    fc.assert(
      fc.property(chainAndPlace, ([entries, place]) => {
        const left = entries.filter((_, index) => index !== place);
        expect(brokenAt(left, entries)).toBe(Math.min(place + 2, entries.length));
      }),
    );
  });

  it('names the entry that was put in, whatever hash it was given', () => {
    fc.assert(
      fc.property(chainAndPlace, statement, ([entries, place], planted) => {
        const last = entries[place];
        if (!last) throw new Error('There is no such entry');
        const told = { ...planted, seq: last.seq + 1 };
        const entry = { ...told, previousHash: last.hash, hash: entryHash(last.hash, told) };
        const longer = [...entries.slice(0, place + 1), entry, ...entries.slice(place + 1)];
        expect(brokenAt(longer, entries)).toBeGreaterThanOrEqual(place + 2);
      }),
    );
  });

  it('says so when an entry was changed and all hashes from there on were made anew', () => {
    fc.assert(
      fc.property(chainAndPlace, ([entries, place]) => {
        const changed = entries.map((entry, index) =>
          index === place ? { ...entry, actor: 'mallory' } : entry,
        );
        fc.pre(entries[place]?.actor !== 'mallory');
        expect(brokenAt(chain(changed), entries)).toBe(entries.length);
      }),
    );
  });

  it('may begin anywhere when nothing is said of what came before', () => {
    const [, ...rest] = chain(fc.sample(statement, { numRuns: 4, seed: 1 }));
    const check = new ChainCheck();
    expect(rest.every((entry) => check.add(entry))).toBe(true);
    expect(check.entries).toBe(3);
  });
});
