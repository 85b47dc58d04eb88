import { expect, it } from 'vitest';
import { digestMail } from './portal-campaigns.ts';

const entities = [
  { ref: 'component:default/pay', title: 'Payments', rules: ['There is a runbook', 'It has tests'] },
  { ref: 'component:default/cart', title: 'Cart', rules: ['It has tests'] },
];
const digest = {
  ...{ to: 'user:default/ada', name: 'Ada', email: 'ada@example.com' },
  tasks: [
    { campaign: 'campaign:default/ready', title: 'Ready for winter', deadline: '2026-12-01', entities },
  ],
};

it('writes a digest with what is to do, until when, and where', () => {
  expect(digestMail(digest, 'https://portal.example.com')).toEqual({
    to: 'ada@example.com',
    subject: 'Standards: 2 things to look at',
    text: `Ada, 2 things of yours have still to pass:

Ready for winter, until 2026-12-01
  https://portal.example.com/campaigns/default/ready

- Payments: There is a runbook; It has tests
  https://portal.example.com/catalog/default/component/pay?tab=scorecards

- Cart: It has tests
  https://portal.example.com/catalog/default/component/cart?tab=scorecards


Atrium sends this on the days on which a campaign reminds, once a day at most.
`,
  });
});

it('counts what it does not list, and has no links without an address', () => {
  const many = Array.from({ length: 60 }, (_, index) => ({
    ...entities[1],
    ref: `component:default/c${index}`,
  }));
  const [task] = digest.tasks;
  const { text, subject } = digestMail(
    { ...digest, tasks: [{ ...task, entities: many }] } as never,
    undefined,
  );
  expect(text).toContain('and 10 more');
  expect(text).not.toContain('http');
  expect(subject).toBe('Standards: 60 things to look at');
});
