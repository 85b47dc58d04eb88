import { expect, it } from 'vitest';
import { inventoryOf } from './inventory.tsx';

it('counts components by type and other kinds as one, software first and most first', () => {
  const lines = inventoryOf([
    { kind: 'API', type: 'openapi', count: 2 },
    { kind: 'API', type: 'grpc', count: 3 },
    { kind: 'Component', type: 'service', count: 9 },
    { kind: 'Component', type: 'library', count: 1 },
    { kind: 'User', type: null, count: 60 },
  ]);
  expect(lines.map(({ kind, type, count }) => [kind, type, count])).toEqual([
    ['Component', 'service', 9],
    ['API', null, 5],
    ['Component', 'library', 1],
    ['User', null, 60],
  ]);
});
