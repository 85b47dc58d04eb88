import { afterEach, expect, it } from 'vitest';
import type { Entity } from '#model/entity.ts';
import { catalogFetch } from './catalog-fetch.ts';
import { removeFolders, runStep } from './step.test-helper.ts';

afterEach(removeFolders);

const shop: Entity = { apiVersion: 'backstage.io/v1alpha1', kind: 'Component', metadata: { name: 'shop' } };
const asked: (readonly string[])[] = [];
const action = catalogFetch({
  readEntities: async (refs) => {
    asked.push(refs);
    return refs.map((ref) => (ref === 'component:default/shop' ? shop : null));
  },
});

it('gives one entity, or several in their order', async () => {
  expect((await runStep(action, { entityRef: 'Component:Default/Shop' })).output).toEqual({ entity: shop });
  const input = { entityRefs: ['shop', 'api:pay/none'], defaultKind: 'Component', optional: true };
  expect((await runStep(action, input)).output).toEqual({ entities: [shop, null] });
  expect(asked).toEqual([['component:default/shop'], ['component:default/shop', 'api:pay/none']]);
});

it('gives nothing for nothing where that is allowed', async () => {
  expect((await runStep(action, { optional: true })).output).toEqual({});
  expect((await runStep(action, { optional: true, entityRef: 'api:pay/none' })).output).toEqual({
    entity: null,
  });
});

it.each([
  [{}, 'entityRef or entityRefs is needed'],
  [{ entityRef: 'component:default/none' }, 'There is no entity component:default/none'],
  [{ entityRefs: ['component:default/shop', 'component:none'] }, 'There is no entity component:none'],
  [{ entityRef: 'shop' }, 'does not say its kind'],
])('refuses %j', async (input, message) => {
  await expect(runStep(action, input)).rejects.toThrow(message);
});
