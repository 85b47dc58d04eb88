/** Places for the things of a graph, worked out by elk in a worker of its own. */
import elk, { type ELK, type ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { Graph } from '#server/catalog/contract.ts';
import { type Layout, NODE_HEIGHT } from './place.ts';

const MIN_WIDTH = 120;
const MAX_WIDTH = 260;
const LETTER = 8;
const FRAME = 58;

export function nodeWidth(label: string): number {
  return Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, Math.round(label.length * LETTER + FRAME)));
}

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.layered.spacing.nodeNodeBetweenLayers': '72',
  'elk.spacing.nodeNode': '14',
  'elk.spacing.componentComponent': '32',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
};

/** Made at once, so that the worker is ready when the first answer comes. */
const engine: ELK = new elk.default({ workerFactory: () => new Worker(workerUrl) });

export async function layoutOf(
  graph: Pick<Graph, 'nodes' | 'edges'>,
  labelOf: (ref: string) => string,
): Promise<Layout> {
  const known = new Set(graph.nodes.map((node) => node.ref));
  const root: ElkNode = {
    id: 'root',
    layoutOptions: options,
    children: graph.nodes.map((node) => ({
      id: node.ref,
      width: nodeWidth(labelOf(node.ref)),
      height: NODE_HEIGHT,
    })),
    edges: graph.edges
      .filter((edge) => known.has(edge.from) && known.has(edge.to) && edge.from !== edge.to)
      .map((edge, index) => ({ id: `edge-${index}`, sources: [edge.from], targets: [edge.to] })),
  };
  const placed = await engine.layout(root);
  return new Map(
    (placed.children ?? []).map((node) => [
      node.id,
      { x: node.x ?? 0, y: node.y ?? 0, width: node.width ?? MIN_WIDTH },
    ]),
  );
}
