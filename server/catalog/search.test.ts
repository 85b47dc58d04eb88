import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '#server/kernel/store/store.ts';
import { openTestStore } from '#tools/test-store.ts';
import { parseFilters } from './filter.ts';
import { compileFilter } from './filter-sql.ts';
import { search } from './search.ts';
import type { CatalogTables } from './tables.ts';
import { component, fill } from './test-support.ts';

const described = (name: string, description: string) => component(name, { metadata: { description } });
const entities = [
  component('payments'),
  { ...component('payments'), kind: 'API' },
  { ...component('payments'), kind: 'Group', spec: {} },
  component('payments-api'),
  component('core-payments'),
  component('repayments'),
  component('paymnets-old'),
  described('ledger', 'Books what payments move'),
  component('c', { metadata: { title: 'Checkout (100%)' } }),
  component('tagged', { metadata: { tags: ['kafka'] } }),
];

describe('search on a store', () => {
  let store: Store<CatalogTables>;
  beforeAll(async () => {
    store = await openTestStore();
    await fill(store.db, entities);
  }, 60_000);
  afterAll(() => store?.close());

  const find = async (term: string, filter = '', window = { offset: 0, limit: 20 }) => {
    const { items, total } = await search(store.db, term, compileFilter(parseFilters(filter)), window);
    return { found: items.map(({ kind, name, match }) => `${kind} ${name} ${match}`), total };
  };

  it('ranks exact, prefix, word, infix, typo, text; then the kind', async () => {
    expect(await find(' Payments ')).toEqual({
      found: [
        'Component payments exact',
        'API payments exact',
        'Group payments exact',
        'Component payments-api prefix',
        'Component core-payments word',
        'Component repayments infix',
        'Component paymnets-old typo',
        'Component ledger text',
      ],
      total: 8,
    });
  });

  it('forgives a typo', async () => {
    expect((await find('paymants')).found[0]).toBe('Component payments typo');
    expect((await find('ledgr')).found).toEqual(['Component ledger typo']);
  });

  it('takes words in any order, short terms, titles, tags, and signs as they are', async () => {
    expect((await find('api pay')).found).toEqual(['Component payments-api word']);
    expect((await find('co')).found).toEqual(['Component core-payments prefix']);
    expect((await find('checkout')).found[0]).toBe('Component c prefix');
    expect((await find('(100%)')).found).toEqual(['Component c word']);
    expect((await find('kafka')).found).toEqual(['Component tagged text']);
    expect((await find('%')).found).toEqual([]);
    expect((await find('\\')).found).toEqual([]);
    expect((await find("'; drop")).found).toEqual([]);
  });

  it('narrows, pages, and lists everything for no term', async () => {
    expect((await find('payments', 'kind=api')).found).toEqual(['API payments exact']);
    expect((await find('payments', '', { offset: 3, limit: 1 })).found).toEqual([
      'Component payments-api prefix',
    ]);
    expect((await find('')).total).toBe(entities.length);
  });
});
