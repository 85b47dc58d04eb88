import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '#server/kernel/store/store.ts';
import { testApp } from '#tools/test-app.ts';
import {
  clearStore,
  entity,
  openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import { FactKinds, REPORTED } from './kinds.ts';
import { registerFactApi } from './routes.ts';

let store: Store<TestTables>;
let world: ReturnType<typeof testCatalog>;
let app: FastifyInstance;
const heard: string[][] = [];

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearStore(store);
  heard.length = 0;
  world = testCatalog(store);
  world.factFeed.onChange((refs) => void heard.push([...refs]));
  await world.read('first', reading('a.yaml', [entity('component:a'), entity('component:b')]));
  const { db, facts, now } = world;
  const readme = { name: 'readme', title: 'README', description: '', schema: { type: 'object' } };
  const delivery = { name: 'delivery', title: 'Delivery', description: '', schema: { type: 'object' } };
  const kinds = new FactKinds(
    db,
    new Map([
      ['git', [readme]],
      [REPORTED, [delivery]],
    ]),
  );
  app = await testApp((server) => registerFactApi(server, { db, facts, kinds, now }));
});
afterAll(() => store.close());

const a = 'component:default/a';
const b = 'component:default/b';

async function observe(part: string, facts: { ref: string; name: string; value: unknown }[]): Promise<void> {
  const { facts: own, catalog, now } = world;
  let changed: readonly string[] = [];
  await catalog.ingest('first', [], async (tx) => {
    changed = await own.put(tx, 'first', [{ part, facts }], now());
  });
  own.publish(changed);
}

describe('what a source observes', () => {
  it('replaces what the same part observed before, and tells of what is another', async () => {
    await observe('repo', [
      { ref: a, name: 'readme', value: { words: 3 } },
      { ref: b, name: 'readme', value: { words: 4 } },
    ]);
    world.clock.at = new Date('2026-03-02T12:00:00Z');
    await observe('repo', [{ ref: a, name: 'readme', value: { words: 3 } }]);
    expect(heard.map((refs) => refs.toSorted())).toEqual([[a, b], [b]]);
    expect(await world.facts.of(b)).toEqual([]);
    // Seen to be so since the first time.
    expect((await world.facts.of(a))[0]).toMatchObject({ name: 'readme', at: '2026-03-01T12:00:00.000Z' });
  });

  it('is stale when its source is, and fresh again when it is read', async () => {
    await observe('repo', [{ ref: a, name: 'readme', value: {} }]);
    await world.facts.markStale(['first']);
    expect((await world.facts.of(a))[0]?.stale).toBe(true);
    await observe('repo', [{ ref: a, name: 'readme', value: {} }]);
    expect((await world.facts.of(a))[0]?.stale).toBe(false);
    expect(heard).toEqual([[a], [a], [a]]);
  });

  it('is the latest of each kind, whoever said it', async () => {
    await observe('old', [{ ref: a, name: 'readme', value: 1 }]);
    world.clock.at = new Date('2026-03-03T12:00:00Z');
    await observe('new', [{ ref: a, name: 'readme', value: 2 }]);
    expect(await world.facts.of(a)).toMatchObject([{ value: 2 }]);
  });
});

describe('what a registered location says', () => {
  it('counts only where nobody else has read it', async () => {
    const { facts } = world;
    const set = (name: string, value: number, at: string) => new Map([[a, { [name]: { value, at } }]]);
    await facts.report('estate', set('readme', 1, '2026-03-01T00:00:00.000Z'));
    await facts.report('location:1', set('readme', 2, '2026-03-02T00:00:00.000Z'));
    await facts.report('location:1', set('license', 3, '2026-03-02T00:00:00.000Z'));
    expect((await facts.of(a)).map(({ name, value }) => [name, value])).toEqual([
      ['license', 3],
      ['readme', 1],
    ]);
  });
});

describe('POST /api/facts', () => {
  const post = (payload: object) => app.inject({ method: 'POST', url: '/api/facts', payload });
  const rating = { name: 'rating', title: 'Rating', schema: { type: 'object', required: ['stars'] } };

  it('takes facts of a new kind with their schema, and adds to those that there are', async () => {
    const first = await post({
      kinds: [rating],
      facts: [{ entity: a, name: 'rating', value: { stars: 3 } }],
    });
    expect(first.json()).toEqual({ kinds: 1, facts: 1 });
    await post({ facts: [{ entity: 'component:A', name: 'delivery', value: {}, ttlSeconds: 60 }] });
    const { items } = (await app.inject('/api/facts/entities/component/default/a')).json();
    expect(items).toMatchObject([
      { name: 'delivery', expiresAt: '2026-03-01T12:01:00.000Z', stale: false },
      { name: 'rating', title: 'Rating', value: { stars: 3 } },
    ]);
    world.clock.at = new Date('2026-03-01T13:00:00Z');
    const later = (await app.inject('/api/facts/entities/component/default/a')).json();
    expect(later.items[0]).toMatchObject({ name: 'delivery', stale: true });
  });

  it.each([
    ['a value that the schema refuses', { facts: [{ entity: a, name: 'rating', value: {} }] }, 'stars'],
    ['a kind that nobody declared', { facts: [{ entity: a, name: 'sonar', value: {} }] }, 'sonar'],
    [
      'what an integration observes',
      { facts: [{ entity: a, name: 'readme', value: {} }] },
      'observed by git',
    ],
    [
      'a kind with the name of an observed one',
      { kinds: [{ ...rating, name: 'readme' }] },
      'observed by git',
    ],
    [
      'an entity that there is not',
      { facts: [{ entity: 'component:x', name: 'delivery', value: {} }] },
      'component:default/x',
    ],
    ['a schema that is none', { kinds: [{ ...rating, schema: { type: 'thing' } }] }, 'schema of rating'],
  ])('refuses %s, and says which', async (_, body, words) => {
    await post({ kinds: [rating] });
    const answer = await post(body);
    expect(answer.statusCode).toBeGreaterThanOrEqual(400);
    expect(answer.json().error.message).toContain(words);
  });
});
