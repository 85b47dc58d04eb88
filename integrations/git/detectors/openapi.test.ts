import { describe, expect, it } from 'vitest';
import { openapi } from './openapi.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('openapi', () => {
  it('reads YAML and JSON, once for a copy, even in docs', () => {
    const spec = 'openapi: 3.1.0\ninfo: { title: Cart API }\npaths: {}\n';
    const tree = treeOf({
      'cart/openapi.yaml': spec,
      'web/copy.yaml': spec,
      'docs/orders.json': '{"swagger":"2.0","info":{"title":"Orders","description":"All orders"},"paths":{}}',
      'broken/openapi.yaml': 'openapi: 3.0.0\n  paths: [',
      'other.yaml': 'kind: Thing',
    });
    expect(openapi.detect(tree)).toMatchObject([
      { what: 'api', name: 'cart-api', title: 'Cart API', type: 'openapi', folder: 'cart', definition: spec },
      { name: 'orders', description: 'All orders', folder: 'docs' },
    ]);
  });
});
