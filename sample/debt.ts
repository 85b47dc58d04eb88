/** What the sample estate still has to pay off: items for the register of technical debt. */

export interface SampleDebt {
  entity: string;
  title: string;
  detail: string;
  costDays: number;
  /** Days of work a month that it costs until then. */
  interestDays: number;
  /** A ref, where it is not the debt owner of the entity. */
  owner?: string;
  /** Days from the first start, before it where negative. */
  dueIn?: number;
  issue?: string;
  /** Id of the person who wrote it down. */
  by: string;
}

export const sampleDebt: readonly SampleDebt[] = [
  {
    entity: 'resource:default/loyalty-db',
    title: 'MySQL 5.7 gets no security fixes any more',
    detail:
      'Move to the PostgreSQL that storefront runs, or to a supported MySQL. The team that knew it is gone.',
    costDays: 15,
    interestDays: 1.5,
    owner: 'group:default/storefront',
    dueIn: -12,
    by: 'simon.achterberg',
  },
  {
    entity: 'component:default/loyalty-points',
    title: 'Points are rounded in three places',
    detail: 'Each rounds another way, so the sum of a month differs from the sum of its days.',
    costDays: 4,
    interestDays: 0.5,
    by: 'femi.balogun',
  },
  {
    entity: 'component:default/invoice-render',
    title: 'Switch off once copies of old invoices come from accounting',
    detail: '',
    costDays: 3,
    interestDays: 1,
    dueIn: 60,
    by: 'ingela.noren',
  },
  {
    entity: 'component:default/payments-api',
    title: 'Reconciliation needs a person each morning',
    detail: 'Differences under one euro could be booked by rule; that is nine of ten.',
    costDays: 8,
    interestDays: 3,
    owner: 'group:default/payments-core',
    dueIn: 45,
    issue: 'https://git.quillmere.example/payments-api/issues/218',
    by: 'grace.mwangi',
  },
  {
    entity: 'component:default/checkout-api',
    title: 'Split payment lives on a branch for two months',
    detail: 'Every merge from main takes half a day.',
    costDays: 5,
    interestDays: 2,
    owner: 'group:default/checkout',
    dueIn: 14,
    by: 'tomasz.wojcik',
  },
  {
    entity: 'component:default/search-indexer',
    title: 'The nightly build reads every product again',
    detail: 'What changed is known from the events; reading that alone would take minutes instead of hours.',
    costDays: 12,
    interestDays: 1,
    by: 'wei.zhang',
  },
  {
    entity: 'component:default/warehouse-management',
    title: 'One deployment per warehouse, each a little different',
    detail: '',
    costDays: 25,
    interestDays: 4,
    by: 'owen.price',
  },
];
