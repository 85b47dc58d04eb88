import { expect, it } from 'vitest';
import { readWorkflow } from './workflow.ts';

it('takes the steps that a machine can run, in the order that their jobs need', () => {
  const jobs = readWorkflow(`
env: { A: '1', TOKEN: '\${{ secrets.TOKEN }}' }
jobs:
  deploy:
    needs: test
    steps: [{ uses: acme/deploy@v1, name: Deploy }, { run: ./deploy.sh }]
  test:
    name: Tests
    env: { A: '2' }
    steps:
      - uses: actions/checkout@v5
      - uses: actions/setup-node@v5
      - { name: Unit, run: npm test, working-directory: app, env: { B: '3' } }
`);
  expect(jobs).toEqual([
    {
      id: 'test',
      name: 'Tests',
      steps: [{ name: 'Unit', run: 'npm test', env: { A: '2', B: '3' }, folder: 'app' }],
      passedOver: [],
    },
    {
      id: 'deploy',
      name: 'deploy',
      steps: [{ name: './deploy.sh', run: './deploy.sh', env: { A: '1' }, folder: '.' }],
      passedOver: ['Deploy'],
    },
  ]);
});

it.each([
  ['a: [', 'The workflow is no YAML'],
  ['just text', 'The workflow has no jobs'],
  ['jobs: { a: { needs: b }, b: { needs: [a] } }', 'The jobs a, b wait for what never runs'],
  ['jobs: { a: { needs: c } }', 'The jobs a wait for what never runs'],
])('%j: %s', (text, message) => {
  expect(() => readWorkflow(text)).toThrow(message);
});
