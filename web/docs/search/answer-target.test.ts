import { expect, it } from 'vitest';
import { targetOf } from './answer-target.ts';

it('takes a path apart and carries the words to where they are highlighted', () => {
  expect(targetOf('/docs/component/default/pay/runbook?version=v2#what-to-do', ' restart ')).toEqual({
    to: '/docs/component/default/pay/runbook',
    search: { version: 'v2', q: 'restart' },
    hash: 'what-to-do',
  });
});

it('carries no words to pages that highlight none', () => {
  expect(targetOf('/catalog/default/component/pay', 'pay')).toEqual({
    to: '/catalog/default/component/pay',
    search: {},
  });
});
