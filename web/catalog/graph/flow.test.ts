import { expect, it } from 'vitest';
import type { Graph } from '#server/catalog/contract.ts';
import { flowEdges, flowNodes, neighbourhood } from './flow.ts';

const node = (ref: string, distance: number): Graph['nodes'][number] => ({
  ref,
  kind: 'Component',
  name: ref,
  title: null,
  type: 'service',
  owner: null,
  description: null,
  lifecycle: null,
  exists: true,
  distance,
});
const graph: Graph = {
  nodes: [node('component:default/a', 0), node('component:default/b', 1), node('component:default/c', 2)],
  edges: [
    { from: 'component:default/a', to: 'component:default/b', type: 'dependsOn', reverse: 'dependencyOf' },
    { from: 'component:default/b', to: 'component:default/c', type: 'dependsOn', reverse: null },
  ],
  truncated: false,
};

it('a neighbourhood is the thing and what it touches', () => {
  expect([...(neighbourhood(graph, 'component:default/a') ?? [])]).toEqual([
    'component:default/a',
    'component:default/b',
  ]);
  expect(neighbourhood(graph, undefined)).toBeUndefined();
});

it('fades what is not near the thing in focus', () => {
  const layout = new Map(graph.nodes.map((one) => [one.ref, { x: 0, y: 0, width: 120 }]));
  const nodes = flowNodes(graph, layout, ['component:default/a'], 'component:default/a');
  expect(nodes.map(({ data }) => [data.label, data.isRoot, data.faded])).toEqual([
    ['a', true, false],
    ['b', false, false],
    ['c', false, true],
  ]);
  expect(flowEdges(graph, 'component:default/a').map((edge) => edge.className)).toEqual(['lit', 'faded']);
});
