import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import {
  commit,
  component,
  newFolder,
  newRepository,
  readOnce as read,
  removeFolders,
  write,
} from './source.test-helper.ts';

afterEach(removeFolders);

const broken =
  'apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: cart\n  tags: [Not Allowed]\nspec: {}\n';

it('gives the newest good version of a descriptor whose last commits broke it', async () => {
  const folder = join(newFolder(), 'cart');
  newRepository(folder, { 'catalog-info.yaml': component('cart') });
  write(folder, { 'catalog-info.yaml': broken });
  commit(folder);
  write(folder, { 'catalog-info.yaml': ': [' });
  commit(folder);
  const { collector } = await read({ target: folder, discovery: false });
  const reading = collector.parts.get('cart//catalog-info.yaml');
  expect(reading?.contributions).toEqual([]);
  expect(reading?.problems?.[0]).toMatchObject({ level: 'error', path: 'catalog-info.yaml' });
  expect(reading?.lastGood).toMatchObject([{ ref: 'component:default/cart', confidence: 'declared' }]);
});

it('leaves out what the present version says well', async () => {
  const folder = join(newFolder(), 'shop');
  newRepository(folder, { 'catalog-info.yaml': `${component('pay')}---\n${component('cart')}` });
  write(folder, { 'catalog-info.yaml': `${component('pay')}---\n${broken}` });
  commit(folder);
  const { collector } = await read({ target: folder, discovery: false });
  const reading = collector.parts.get('shop//catalog-info.yaml');
  expect(reading?.contributions).toMatchObject([{ ref: 'component:default/pay' }]);
  expect(reading?.lastGood).toMatchObject([{ ref: 'component:default/cart' }]);
});
