import { expect, it } from 'vitest';
import { observe } from './scope.test-helper.ts';
import { slo } from './slo.ts';

const ratio = (source: string) => `        ratioMetric:
          good: { metricSource: { ${source}, spec: { query: 'sum(good)' } } }
          total: { metricSource: { ${source}, spec: { query: 'sum(total)' } } }
`;
const document = (source: string) => `apiVersion: openslo/v1
kind: SLO
metadata: { name: availability }
spec:
  service: checkout
  indicator:
    metadata: { name: answers }
    spec:
${ratio(source).replaceAll(/^ {2}/gm, '')}  timeWindow: [{ duration: 28d, isRolling: true }]
  objectives: [{ target: 0.995 }]
`;

const measure = { good: 'sum(good)', total: 'sum(total)', failure: false, counter: false };

it('tells what is promised, and how to ask Prometheus for it', () => {
  expect(observe(slo, { 'ops/slo.yaml': document('type: Prometheus') })).toEqual({
    value: {
      documents: 1,
      objectives: [
        {
          name: 'availability',
          target: 0.995,
          window: '28d',
          service: 'checkout',
          indicator: 'answers',
          measure,
          query: '(sum(good)) / (sum(total))',
        },
      ],
      errorBudget: true,
    },
    path: 'ops/slo.yaml',
  });
});

it('follows indicators and data sources to documents of their own', () => {
  const files = {
    'slo.yaml':
      'apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: a }\nspec:\n  indicatorRef: b\n  objectives:\n    - { displayName: fast, targetPercent: 99.9 }\n    - { target: 0.9 }\n',
    'sli.yaml': `apiVersion: openslo/v1\nkind: SLI\nmetadata: { name: b }\nspec:\n${ratio('metricSourceRef: prod').replaceAll(/^ {6}/gm, '')}---\napiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: prod }\nspec: { type: prometheus }\n`,
  };
  expect(observe(slo, files)?.value).toEqual({
    documents: 1,
    objectives: [
      { name: 'a: fast', target: 0.999, indicator: 'b', measure, query: '(sum(good)) / (sum(total))' },
      { name: 'a: 2', target: 0.9, indicator: 'b', measure, query: '(sum(good)) / (sum(total))' },
    ],
    errorBudget: false,
  });
});

it('gives no query that Prometheus does not understand', () => {
  const said = observe(slo, { 'slo.yaml': document('type: Datadog') })?.value;
  expect(said?.objectives).toHaveLength(1);
  expect(said?.objectives).not.toHaveProperty('0.query');
});

it.each([
  ['bad', '1 - (sum(good)) / (sum(total))'],
  ['raw', 'sum(good)'],
])('puts the query together from %s', (part, query) => {
  const source = document('type: Prometheus').replace('good:', `${part}:`);
  expect(observe(slo, { 'slo.yaml': source })?.value.objectives).toMatchObject([{ query }]);
});

it('says that there is none', () => {
  const none = { value: { documents: 0, objectives: [], errorBudget: false } };
  expect(observe(slo, { 'a.yaml': 'kind: SLO\napiVersion: other/v1', 'b.yaml': 'openslo/v1: [' })).toEqual(
    none,
  );
});
