import { describe, expect, it } from 'vitest';
import { asyncapi } from './asyncapi.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('asyncapi', () => {
  it('reads a spec and passes by a broken one', () => {
    const tree = treeOf({
      'events/asyncapi.yaml': 'asyncapi: 3.0.0\ninfo:\n  title: Order events\nchannels: {}\n',
      'broken/asyncapi.yaml': 'asyncapi: 3.0.0\n',
    });
    expect(asyncapi.detect(tree)).toMatchObject([
      { name: 'order-events', title: 'Order events', type: 'asyncapi', folder: 'events' },
    ]);
  });
});
