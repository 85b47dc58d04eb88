import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { clearStore, entity, openTestStore, type TestTables } from '#tools/test-store.ts';
import { removeFolders } from '../../../integrations/git/source.test-helper.ts';
import type { Store } from '../../kernel/store/store.ts';
import { type DocGap, gapsSchema } from '../contract.ts';
import { type DocsWorld, openDocs, person } from '../docs.test-helper.ts';
import { Renderer } from '../index.ts';

let store: Store<TestTables>;
let renderer: Renderer;
let world: DocsWorld;

beforeAll(async () => {
  store = await openTestStore();
  renderer = new Renderer();
});
beforeEach(async () => {
  await clearStore(store);
  world = await openDocs(
    store,
    renderer,
    { 'docs/index.md': '# Start\n\nHow money moves.' },
    {
      entities: [
        entity('Group:ledger-team', { type: 'team', children: [] }),
        entity('Component:ledger', { type: 'service', owner: 'ledger-team' }),
      ],
    },
  );
});
afterEach(() => world.close());
afterAll(async () => {
  removeFolders();
  await renderer.close();
  await store.close();
});

const ada = person('ada', ['shoppers']);
const note = async (
  q: string,
  { by = ada, site }: { by?: typeof ada; site?: string } = {},
): Promise<DocGap | null> => {
  const { status, body } = await world.send('/api/docs/gaps', { q, ...(site && { site }) }, by);
  expect(status).toBe(200);
  return body.gap;
};
const list = async (query = '') => gapsSchema.parse((await world.send(`/api/docs/gaps${query}`)).body).items;

it('keeps what has no answer, once for each site, with how often and by how many it was searched', async () => {
  expect(await note('money moves')).toBeNull();
  expect(await note('?!?')).toBeNull();
  await note('Refund   Deadlines');
  world.at('2026-03-02T12:00:00Z');
  await note('refund deadlines', { by: person('bob') });
  await note('refund deadlines');
  await note('refund deadlines', { site: 'component:default/pay' });
  expect(await list()).toMatchObject([
    {
      query: 'refund deadlines',
      ...{ site: null, searches: 3, people: 2, closed: null },
      firstAt: '2026-03-01T12:00:00.000Z',
      lastAt: '2026-03-02T12:00:00.000Z',
    },
    { query: 'refund deadlines', site: 'component:default/pay', searches: 1, people: 1 },
  ]);
  expect(
    (await world.send('/api/docs/gaps', { q: 'refund deadlines', site: 'component:default/none' })).status,
  ).toBe(404);
  expect(world.told.some((ref) => ref.startsWith('gap:'))).toBe(true);
});

it('is of the owner of the site, else of what the search names, else of whoever searched', async () => {
  const owner = async (...args: Parameters<typeof note>) => (await note(...args))?.owner?.ref ?? null;
  expect(await owner('refund deadlines', { site: 'component:default/pay' })).toBe('group:default/payers');
  expect(await owner('ledger closing procedure at month end')).toBe('group:default/ledger-team');
  expect(await owner('refund deadlines')).toBe('group:default/shoppers');
  expect(await owner('chargeback deadlines', { by: person('eve') })).toBeNull();
  expect(await list('?owner=none')).toHaveLength(1);
  expect(await list('?owner=ledger-team')).toMatchObject([
    { query: 'ledger closing procedure at month end' },
  ]);
});

it('is handed on and closed by people, and a search does not open again what they closed', async () => {
  const gap = await note('refund deadlines');
  const change = (body: object) => world.send(`/api/docs/gaps/${gap?.id}`, body, ada);
  expect((await change({ owner: 'ledger-team' })).body.owner).toMatchObject({
    ref: 'group:default/ledger-team',
  });
  const wrong = await change({ owner: 'nobody' });
  expect([wrong.status, wrong.body.error.message]).toEqual([
    400,
    expect.stringContaining('group:default/nobody'),
  ]);
  const { body } = await change({ close: 'That is no business of ours' });
  expect(body.closed).toEqual({
    ...{ by: 'user:default/ada', at: '2026-03-01T12:00:00.000Z' },
    note: 'That is no business of ours',
  });
  await note('refund deadlines');
  expect(await list()).toEqual([]);
  expect(await list('?closed=true')).toMatchObject([{ searches: 2 }]);
  expect(world.audit.at(-2)).toMatchObject({
    ...{ target: `gap:${gap?.id}`, before: { owner: 'group:default/ledger-team' } },
    after: { closed: { note: 'That is no business of ours' } },
  });
  expect((await world.send('/api/docs/gaps/00000000-0000-4000-8000-000000000000', {})).status).toBe(404);
});

it('closes itself when there is an answer, and is a gap again when there is none any more', async () => {
  await note('refund deadlines');
  await world.feedback.tryGaps();
  expect(await list()).toHaveLength(1);
  await world.save({ 'docs/refunds.md': '# Refunds\n\nDeadlines of a refund: 30 days.' });
  await world.feedback.tryGaps();
  expect(await list()).toEqual([]);
  expect(await list('?closed=true')).toMatchObject([
    { closed: { by: 'atrium', note: 'It is answered by “Refunds”' } },
  ]);
  expect(await note('refund deadlines')).toBeNull();
  await world.save({ 'docs/refunds.md': '# Nothing' });
  await note('refund deadlines');
  expect(await list()).toMatchObject([{ searches: 2, closed: null }]);
});
