import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Entity } from '#model/entity.ts';
import {
  clearStore,
  entity,
  openTestStore,
  reading,
  type TestTables,
  testCatalog,
} from '#tools/test-store.ts';
import type { Store } from '../kernel/store/store.ts';
import type { StepAction } from './step-action.ts';
import { TemplateStore } from './template-store.ts';
import { Templates, type TemplatesDeps } from './templates.ts';

let store: Store<TestTables>;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());
beforeEach(() => clearStore(store));

const log: StepAction = {
  id: 'debug:log',
  description: '.',
  effect: 'none',
  input: {},
  output: {},
  run: async () => ({ output: {} }),
};
const unset: StepAction = {
  ...log,
  id: 'publish:x',
  effect: 'outside',
  missing: () => 'set actions.x',
  plan: async () => ({ calls: [], output: {} }),
};

const pickers = {
  properties: {
    name: { type: 'string' },
    owner: { type: 'string', 'ui:field': 'OwnerPicker' },
    system: {
      type: 'string',
      'ui:field': 'EntityPicker',
      'ui:options': { catalogFilter: { kind: 'System' } },
    },
    service: {
      type: 'string',
      'ui:field': 'EntityPicker',
      'ui:options': { catalogFilter: [{ kind: ['Component'] }] },
    },
    fixed: { type: 'string', 'ui:field': 'OwnerPicker', default: 'group:default/fixed' },
    password: { type: 'string', 'ui:field': 'Secret' },
  },
};

function template(name: string, spec: object = {}, metadata: object = {}): Entity {
  const steps = [{ id: 'log', name: 'Log', action: 'debug:log' }];
  return entity(
    `Template:${name}`,
    { type: 'service', owner: 'platform', steps, ...spec },
    metadata as never,
  );
}

const estate = [
  template(
    'service',
    { parameters: pickers, atrium: {} },
    { title: 'New service', tags: ['node', 'web'], description: 'Makes one' },
  ),
  template(
    'restart',
    { type: 'day-2', atrium: { for: 'kind=Component,spec.type=service' } },
    { title: 'Restart' },
  ),
  template('lacking', {
    steps: [{ action: 'no:such' }, { action: 'publish:x' }, { action: 'no:such' }],
    atrium: { tools: ['go', 'atrium-no-tool'] },
  }),
  template('broken', { steps: [{ id: 'a', action: 'debug:log', if: [] }] }),
  entity('Group:platform', { type: 'team', children: [] }, { title: 'Platform' }),
  entity('System:shop', { owner: 'platform' }),
  entity('Component:cart', { type: 'service', lifecycle: 'production', owner: 'group:pay/payers' }),
  entity('Component:site', { type: 'website', lifecycle: 'production', owner: 'platform' }),
];

async function world(more: Partial<TemplatesDeps> = {}) {
  const catalog = testCatalog(store);
  await catalog.read('first', reading('all.yaml', estate));
  const templates = new Templates({
    store: new TemplateStore(catalog.db),
    actions: new Map([log, unset].map((action) => [action.id, action])),
    trusted: [],
    hasTool: async (name) => name === 'go',
    countRuns: async () => new Map([['template:default/service', { runs: 3, succeeded: 2 }]]),
    parties: async (refs) =>
      new Map(refs.map((ref) => [ref, { ref, title: ref.toUpperCase(), exists: true, email: null }])),
    ...more,
  });
  return { templates, catalog };
}

const viewer = { mayStart: true, groups: ['group:default/platform'] };
const titles = (cards: { title: string }[]) => cards.map(({ title }) => title);

describe('the gallery', () => {
  it('shows each template, what it says of itself and what keeps it from being started', async () => {
    const { templates } = await world();
    const cards = await templates.cards({}, viewer);
    expect(titles(cards)).toEqual(['broken', 'lacking', 'New service', 'Restart']);
    expect(cards[2]).toEqual({
      ref: 'template:default/service',
      title: 'New service',
      description: 'Makes one',
      type: 'service',
      tags: ['node', 'web'],
      owner: { ref: 'group:default/platform', title: 'GROUP:DEFAULT/PLATFORM', exists: true, email: null },
      savesMinutes: null,
      for: null,
      runs: 3,
      succeeded: 2,
      obstacles: [],
      mayStart: true,
    });
    expect(cards[1]).toMatchObject({
      obstacles: [
        'There is no step action no:such',
        'publish:x: set actions.x',
        'This machine lacks atrium-no-tool',
      ],
      mayStart: false,
    });
    expect(cards[0]).toMatchObject({
      obstacles: [expect.stringContaining('spec.steps.0.if')],
      mayStart: false,
    });
  });

  it.each([
    [{ q: 'new SERV' }, ['New service']],
    [{ q: 'makes' }, ['New service']],
    [{ q: 'nothing' }, []],
    [{ tags: ['node'] }, ['New service']],
    [{ tags: ['node', 'java'] }, []],
    [{ for: 'component:default/cart' }, ['Restart']],
    [{ for: 'component:cart' }, ['Restart']],
    [{ for: 'component:default/site' }, []],
    [{ for: 'component:default/nowhere' }, []],
  ])('finds by %j', async (query, found) => {
    const { templates } = await world();
    expect(titles(await templates.cards(query, viewer))).toEqual(found);
  });

  it('lets nobody start anything who may not', async () => {
    const { templates } = await world();
    const cards = await templates.cards({}, { mayStart: false, groups: [] });
    expect(cards.some(({ mayStart }) => mayStart)).toBe(false);
  });
});

describe('a card of the gallery', () => {
  it('keeps to trusted places', async () => {
    const { templates, catalog } = await world({ trusted: ['https://github.com/acme/**'] });
    const at = (place: string) => ({ annotations: { 'backstage.io/managed-by-location': `url:${place}` } });
    const more = [
      template('ours', {}, at('https://github.com/acme/t/blob/main/t.yaml')),
      template('theirs', {}, at('https://github.com/other/t/blob/main/t.yaml')),
    ];
    await catalog.read('first', reading('all.yaml', more));
    const cards = await templates.cards({}, viewer);
    expect(cards.map(({ obstacles }) => obstacles)).toEqual([
      [],
      ['Templates of url:https://github.com/other/t/blob/main/t.yaml are not trusted here'],
    ]);
  });

  it('follows the catalog', async () => {
    const { templates, catalog } = await world();
    await templates.cards({}, viewer);
    await catalog.read('first', reading('all.yaml', [template('service', {}, { title: 'Changed' })]));
    expect(titles(await templates.cards({}, viewer))).toEqual(['Changed']);
    expect((await templates.page('service', {}, viewer)).pages).toEqual([]);
  });
});

describe('the page of a template', () => {
  it('has the form with its pickers as they are, and names what is secret', async () => {
    const { templates } = await world();
    const page = await templates.page('template:default/service', {}, viewer);
    expect(page.pages).toMatchObject([{ schema: pickers }]);
    expect(page).toMatchObject({
      card: { title: 'New service' },
      steps: [{ id: 'log', name: 'Log', action: 'debug:log' }],
      secretFields: ['password'],
      defaults: { owner: 'group:default/platform' },
    });
  });

  it.each([
    [{ system: 'system:shop' }, { owner: 'group:default/platform', system: 'system:default/shop' }],
    [{ entity: 'component:cart' }, { owner: 'group:pay/payers', service: 'component:default/cart' }],
  ])('is filled in by %j', async (about, defaults) => {
    const { templates } = await world();
    expect((await templates.page('service', about, viewer)).defaults).toEqual(defaults);
  });

  it('may know nothing of who asks', async () => {
    const { templates } = await world();
    expect((await templates.page('service', {}, { ...viewer, groups: [] })).defaults).toEqual({});
  });

  it.each([
    ['nowhere', {}, 'ENTITY_NOT_FOUND'],
    ['component:default/cart', {}, 'ENTITY_NOT_FOUND'],
    ['service', { system: 'system:nowhere' }, 'ENTITY_NOT_FOUND'],
    ['broken', {}, 'TEMPLATE_INVALID'],
    ['a:b/', {}, 'INPUT_INVALID'],
  ])('%s for %j is refused', async (ref, about, code) => {
    const { templates } = await world();
    await expect(templates.page(ref, about, viewer)).rejects.toMatchObject({ code });
  });
});

it('gives a template for a run only when nothing keeps it from being started', async () => {
  const { templates } = await world();
  expect(await templates.startable('service')).toMatchObject({ ref: 'template:default/service' });
  await expect(templates.startable('lacking')).rejects.toMatchObject({
    code: 'TEMPLATE_BLOCKED',
    message: expect.stringContaining('There is no step action no:such'),
  });
  await expect(templates.startable('broken')).rejects.toMatchObject({ code: 'TEMPLATE_INVALID' });
});
