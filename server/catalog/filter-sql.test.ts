import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Entity } from '#model/entity.ts';
import { fuzzRuns } from '#model/fuzz-runs.test-helper.ts';
import { refOf } from '#model/ref.ts';
import type { Store } from '#server/kernel/store/store.ts';
import { openTestStore } from '#tools/test-store.ts';
import { allOf, type Condition, holds, parseFilters } from './filter.ts';
import { compileFilter } from './filter-sql.ts';
import type { CatalogTables } from './tables.ts';
import { termsOf } from './terms.ts';
import { component, fill } from './test-support.ts';

/** Few values each, in mixed case, so that conditions often hold. */
const entities: Entity[] = ['alpha', 'Beta', 'gamma', 'delta-1', 'xy_z', 'Zeta']
  .flatMap((name, i) =>
    ['Component', 'API', 'Resource'].map((kind, j) => ({
      ...component(name, {
        namespace: j === 1 ? 'pay' : 'default',
        metadata: {
          tags: i % 2 === 0 ? ['java', 'web'] : [],
          annotations: i % 3 === 0 ? { 'backstage.io/orphan': 'true', 'x.io/y': "o'Brien = 100%" } : {},
          labels: i % 2 === 1 ? { 'atrium.dev/language': 'Go' } : {},
          title: i % 2 === 0 ? `Title ${name}` : undefined,
        },
        spec: {
          type: ['service', 'Website', 'library'][(i + j) % 3],
          lifecycle: i % 2 === 0 ? 'production' : undefined,
          owner: i % 3 === 0 ? undefined : 'Team-A',
          system: i % 3 === 1 ? 'shop' : undefined,
          replicas: i,
          links: [{ type: 'a' }, { type: 'b' }],
        },
      }),
      kind,
    })),
  )
  .map(withoutUndefined);

function withoutUndefined(entity: Entity): Entity {
  return JSON.parse(JSON.stringify(entity));
}

const keyAndValues: [string, string[]][] = [
  ['kind', ['component', 'api', 'user']],
  ['metadata.name', ['alpha', 'beta', 'zeta', 'none']],
  ['metadata.namespace', ['default', 'pay']],
  ['metadata.title', ['title alpha', 'title']],
  ['spec.type', ['service', 'website', 'x']],
  ['spec.lifecycle', ['production', 'experimental']],
  ['spec.replicas', ['0', '3', '9']],
  ['spec.links.type', ['a', 'c']],
  ['metadata.tags', ['java', 'go']],
  ['metadata.tags.java', ['true', 'false']],
  ['metadata.annotations.backstage.io/orphan', ['true']],
  ['metadata.annotations.x.io/y', ["o'brien = 100%", '%']],
  ['spec.nothing', ['']],
  ['freshness', ['fresh', 'stale']],
  ['review', ['declared', 'accepted']],
  ['language', ['go', 'java']],
  ['relations.ownedby', ['group:default/team-a', 'group:pay/team-a']],
  ['relations.partof', ['system:default/shop']],
];

const leaf: fc.Arbitrary<Condition> = fc.constantFrom(...keyAndValues).chain(([key, values]) =>
  fc.oneof(
    fc.constant<Condition>({ op: 'exists', key }),
    fc.subarray(values, { minLength: 1 }).map<Condition>((chosen) => ({ op: 'in', key, values: chosen })),
    fc.constantFrom(...values).map<Condition>((value) => ({ op: 'prefix', key, prefix: value.slice(0, 3) })),
  ),
);
const condition = fc.letrec<{ node: Condition }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('node'), { maxLength: 3 }).map((of) => allOf(of)),
    fc.array(tie('node'), { maxLength: 3 }).map<Condition>((of) => ({ op: 'any', of })),
    tie('node').map<Condition>((of) => ({ op: 'not', of })),
  ),
})).node;

/** The terms, and what columns and relations add to them. */
function allTermsOf(entity: Entity): Set<string> {
  const terms = new Set(termsOf(entity, 'uid'));
  const add = (key: string, value: unknown) => {
    if (typeof value === 'string') {
      terms.add(key).add(`${key}=${value.toLowerCase()}`);
    }
  };
  add('freshness', 'fresh');
  add('review', 'declared');
  add('language', entity.metadata.labels?.['atrium.dev/language']);
  const namespace = entity.metadata.namespace;
  if (entity.spec?.owner) {
    add('relations.ownedby', `group:${namespace}/team-a`);
  }
  if (entity.spec?.system) {
    add('relations.partof', `system:${namespace}/shop`);
  }
  return terms;
}

describe('compileFilter on a store', () => {
  let store: Store<CatalogTables>;
  const find = async (sought: Condition) => {
    const { rows } = await sql<{ ref: string }>`
      select entity.ref from entity where ${compileFilter(sought)} order by ref collate "C"`.execute(
      store.db,
    );
    return rows.map((row) => row.ref);
  };

  beforeAll(async () => {
    store = await openTestStore();
    await fill(store.db, entities);
  }, 60_000);
  afterAll(() => store?.close());

  it('finds what holds in memory', { timeout: 60_000 }, async () => {
    const all = entities.map((entity) => ({ ref: refOf(entity), terms: allTermsOf(entity) }));
    await fc.assert(
      fc.asyncProperty(condition, async (sought) => {
        const expected = all.filter(({ terms }) => holds(sought, terms)).map(({ ref }) => ref);
        expect(await find(sought)).toEqual(expected.sort());
      }),
      { numRuns: fuzzRuns(300) },
    );
  });

  it('finds by owner, in any form, or none', async () => {
    expect(await find(parseFilters('owner=team-a,metadata.name=beta'))).toEqual([
      'component:default/beta',
      'resource:default/beta',
    ]);
    expect(await find(parseFilters('owner=group:pay/team-a,metadata.name=beta'))).toEqual(['api:pay/beta']);
    const unowned = await find(parseFilters('owner=none,kind=component'));
    expect(unowned).toEqual(['component:default/alpha', 'component:default/delta-1']);
    expect(() => compileFilter(parseFilters('owner=:x'))).toThrow(/owner/);
  });

  it('finds the target by the reverse relation, ignoring case', async () => {
    await fill(store.db, [{ ...component('shop'), kind: 'System', spec: { owner: 'team-a' } }]);
    const found = await find(parseFilters('relations.HASPART=Component:default/Beta'));
    expect(found).toEqual(['system:default/shop']);
  });
});
