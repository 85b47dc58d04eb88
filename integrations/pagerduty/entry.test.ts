import { expect, it } from 'vitest';
import { entryIn } from './entry.ts';

const entry = (more: object) => ({
  user: { id: 'PADA', summary: 'Ada' },
  escalation_policy: { id: 'PPOL1', summary: 'Payments' },
  ...more,
});

it('takes references for what they tell, and what can’t be read for absent', () => {
  const odd = {
    user: { id: 'PEVE', name: 'Eve\u0000\n', email: 7, html_url: 'javascript:alert(1)' },
    ...{ schedule: null, escalation_level: 'high', start: 'some day', end: '2026-03-08T08:00:00+01:00' },
  };
  expect(entryIn(entry(odd))).toEqual({
    ...{ scheduleId: undefined, policyId: 'PPOL1' },
    person: {
      ...{ name: 'Eve', level: 1, until: '2026-03-08T07:00:00.000Z' },
      plan: { kind: 'escalation policy', name: 'Payments' },
    },
  });
});

it.each([
  ['no mapping', 'Ada'],
  ['nobody', entry({ user: null })],
  ['somebody without an id', entry({ user: { name: 'Ada' } })],
  ['no plan', entry({ escalation_policy: { id: ' ' } })],
  ['a name without end', entry({ user: { id: 'P'.repeat(201), name: 'Ada' } })],
])('leaves out %s', (_, value) => {
  expect(entryIn(value)).toBeUndefined();
});
