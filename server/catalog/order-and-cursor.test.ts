import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refOf } from '#model/ref.ts';
import type { Store } from '#server/kernel/store/store.ts';
import { openTestStore } from '#tools/test-store.ts';
import { EntityColumns } from './entity-columns.ts';
import { cursorPage, firstPage, type RefPage } from './entity-query.ts';
import {
  decodeCursor,
  encodeCursor,
  type OrderField,
  parseOrder,
  parseOrderField,
} from './order-and-cursor.ts';
import type { CatalogTables } from './tables.ts';
import { component, fill } from './test-support.ts';

describe('parseOrder, parseOrderField', () => {
  it('reads both forms', () => {
    expect(parseOrder('desc:metadata.name')).toEqual({ field: 'metadata.name', order: 'desc' });
    expect(parseOrderField('metadata.name,desc')).toEqual({ field: 'metadata.name', order: 'desc' });
    expect(parseOrderField('spec.type')).toEqual({ field: 'spec.type', order: 'asc' });
  });

  it.each(['metadata.name', 'up:metadata.name', 'asc:'])('refuses %s', (text) => {
    expect(() => parseOrder(text)).toThrow(/order/);
  });
});

describe('cursors', () => {
  const position = { values: ['ünï>?~ \u007f', null], ref: 'component:default/a' };
  const orderFields: OrderField[] = [
    { field: 'metadata.title', order: 'asc' },
    { field: 'spec.x', order: 'desc' },
  ];

  it('come back as they went, and read with atob', () => {
    const cursor = { filters: ['kind=a>b'], orderFields, position, isPrevious: true, totalItems: 3 };
    const text = encodeCursor(cursor);
    expect(decodeCursor(text)).toEqual(cursor);
    expect(JSON.parse(atob(text))).toEqual(cursor);
    expect(encodeURIComponent(text)).toBe(text);
  });

  it.each([
    '',
    'x',
    encodeCursor({}),
    encodeCursor({ orderFields, position: { values: [], ref: '' }, isPrevious: true, totalItems: 0 }),
  ])('refuse %s', (text) => {
    expect(() => decodeCursor(text)).toThrow(/cursor/);
  });
});

const entities = Array.from({ length: 60 }, (_, i) =>
  component(`n-${i % 7}-${i}`, {
    namespace: `ns-${i % 3}`,
    metadata: i % 4 === 0 ? {} : { title: `Title ${i % 5}`, annotations: { 'x.io/rank': String(i % 6) } },
    spec: { type: ['service', 'website', 'Library'][i % 3], ...(i % 2 === 0 && { tier: `t${i % 5}` }) },
  }),
);
const fields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
  'spec.type',
  'spec.tier',
  'metadata.annotations.x.io/rank',
  'kind',
];
const order = fc.array(
  fc.record<OrderField>({ field: fc.constantFrom(...fields), order: fc.constantFrom('asc', 'desc') }),
  { maxLength: 3 },
);

describe('pages on a store', () => {
  let store: Store<CatalogTables>;
  let deps: { db: Store<CatalogTables>['db']; columns: EntityColumns };
  beforeAll(async () => {
    store = await openTestStore();
    deps = { db: store.db, columns: new EntityColumns({ db: store.db }) };
    await fill(store.db, entities);
  }, 60_000);
  afterAll(() => store?.close());

  it('cover everything exactly once, forward and back', { timeout: 60_000 }, async () => {
    const property = fc.asyncProperty(order, fc.integer({ min: 1, max: 25 }), async (orderFields, limit) => {
      const pages: RefPage[] = [await firstPage(deps, { orderFields }, { limit })];
      for (let next = pages[0]?.nextCursor; next; next = pages.at(-1)?.nextCursor) {
        pages.push(await cursorPage(store.db, decodeCursor(next), limit));
      }
      const forward = pages.flatMap(({ refs }) => refs);
      expect(forward.toSorted()).toEqual(entities.map(refOf).toSorted());

      const back: string[][] = [pages.at(-1)?.refs ?? []];
      for (let previous = pages.at(-1)?.prevCursor; previous; ) {
        const page: RefPage = await cursorPage(store.db, decodeCursor(previous), limit);
        back.unshift(page.refs);
        previous = page.prevCursor;
      }
      expect(back.flat()).toEqual(forward);
      expect(pages.every(({ totalItems }) => totalItems === entities.length)).toBe(true);
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it('have nulls last in both directions', async () => {
    for (const direction of ['asc', 'desc'] as const) {
      const orderFields: OrderField[] = [{ field: 'spec.tier', order: direction }];
      const { refs } = await firstPage(deps, { orderFields }, { limit: 100 });
      const tiered = new Set(entities.filter(({ spec }) => spec?.tier).map(refOf));
      expect(refs.slice(0, 30).every((ref) => tiered.has(ref))).toBe(true);
    }
  });

  it('count without items at a limit of 0, and continue behind an offset', async () => {
    expect(await firstPage(deps, {}, { limit: 0 })).toEqual({ refs: [], totalItems: 60 });
    const page = await firstPage(deps, {}, { limit: 5, offset: 10 });
    const before = await cursorPage(store.db, decodeCursor(page.prevCursor ?? ''), 10);
    expect(before.refs).toHaveLength(10);
    expect(before.prevCursor).toBeUndefined();
  });
});
