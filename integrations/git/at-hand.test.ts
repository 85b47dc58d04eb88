import { expect, it } from 'vitest';
import { atHand } from './at-hand.ts';

const held = (folder: string, kind: 'checkout' | 'plain' = 'checkout') => ({
  kind,
  place: { folder, head: {} },
});

it('finds a file in the repository that holds it, and not in the folder around', () => {
  const repositories = [held('/estate', 'plain'), held('/estate/pay'), held('/estate/pay/nested')];
  for (const order of [repositories, repositories.toReversed()]) {
    expect(atHand(order, 'file:/estate/pay/docs')).toEqual({
      folder: '/estate/pay',
      path: 'docs',
      bare: false,
    });
    expect(atHand(order, 'file:///estate/pay/nested')).toMatchObject({
      folder: '/estate/pay/nested',
      path: '',
    });
    expect(atHand(order, 'file:/estate/org.yaml')).toMatchObject({ folder: '/estate', path: 'org.yaml' });
    expect(atHand(order, 'file:/elsewhere')).toBeUndefined();
  }
});
