import { describe, expect, it } from 'vitest';
import { graphqlSchema } from './graphql-schema.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('graphql-schema', () => {
  it('joins the files of one folder and passes by client documents', () => {
    const tree = treeOf({
      'cart/src/schema/query.graphql': 'type Query { cart: Cart }',
      'cart/src/schema/cart.graphql': 'type Cart { id: ID }',
      'cart/src/schema/broken.graphql': 'type {',
      'web/cart.graphql': 'query Cart { cart { id } }',
    });
    const found = graphqlSchema.detect(tree);
    expect(found).toMatchObject([
      { what: 'api', name: 'cart-graphql', type: 'graphql', folder: 'cart/src/schema' },
    ]);
    expect(found[0]).toHaveProperty('definition', expect.stringContaining('type Cart'));
  });
});
