import { describe, expect, it } from 'vitest';
import { docsPath, fromTechDocs, pageAddress } from './paths.ts';

describe('the address of a page', () => {
  it('names the entity and the page', () => {
    expect(docsPath('component:default/checkout-api')).toBe('/docs/component/default/checkout-api');
    expect(docsPath('component:default/checkout-api', 'decisions/0001-freeze')).toBe(
      '/docs/component/default/checkout-api/decisions/0001-freeze',
    );
  });

  it('encodes what is not plain', () => {
    expect(docsPath('component:default/a', 'über uns/50 %')).toBe(
      '/docs/component/default/a/%C3%BCber%20uns/50%20%25',
    );
  });

  it('ends in a slash for the first page at the server', () => {
    expect(pageAddress('system:default/shop', '')).toBe('system/default/shop/');
  });
});

describe('an address of TechDocs', () => {
  const old = (first: string, second: string, page: string) =>
    fromTechDocs({ kind: first, namespace: second, name: 'checkout-api', page });

  it('has kind and namespace the other way round', () => {
    expect(old('default', 'component', '')).toBe('/docs/component/default/checkout-api');
    expect(old('default', 'Component', 'runbook/')).toBe('/docs/component/default/checkout-api/runbook');
    expect(old('shop', 'system', 'a/index.html')).toBe('/docs/system/shop/checkout-api/a');
    expect(old('shop', 'system', 'a/setup.html')).toBe('/docs/system/shop/checkout-api/a/setup');
  });

  it('is told from one of ours', () => {
    expect(old('component', 'default', 'runbook')).toBeUndefined();
    expect(old('component', 'api', '')).toBeUndefined();
    expect(old('widget', 'default', '')).toBeUndefined();
  });
});
