/** Turns a graph and its layout into what the canvas draws. */
import { type Edge, MarkerType, type Node } from '@xyflow/react';
import type { Graph } from '#server/catalog/contract.ts';
import { refName } from '#web/kit/ref.ts';
import { relationLabel } from '../relations.tsx';
import { type Layout, NODE_HEIGHT } from './place.ts';

export type GraphNode = Graph['nodes'][number];

export interface ThingData extends Record<string, unknown> {
  thing: GraphNode;
  label: string;
  isRoot: boolean;
  faded: boolean;
}
export type ThingNode = Node<ThingData, 'thing'>;

export function labelOf(node: Pick<GraphNode, 'title' | 'ref'>): string {
  return node.title ?? refName(node.ref);
}

/** The thing that is looked at and all that it touches; undefined when none is. */
export function neighbourhood(graph: Graph, focus: string | undefined): ReadonlySet<string> | undefined {
  if (focus === undefined) return undefined;
  const touched = graph.edges
    .filter((edge) => edge.from === focus || edge.to === focus)
    .flatMap((edge) => [edge.from, edge.to]);
  return new Set([focus, ...touched]);
}

export function flowNodes(
  graph: Graph,
  layout: Layout,
  roots: readonly string[],
  focus: string | undefined,
): ThingNode[] {
  const near = neighbourhood(graph, focus);
  return graph.nodes.flatMap((thing) => {
    const place = layout.get(thing.ref);
    if (!place) return [];
    const label = labelOf(thing);
    return [
      {
        id: thing.ref,
        type: 'thing' as const,
        position: { x: place.x, y: place.y },
        width: place.width,
        height: NODE_HEIGHT,
        ariaLabel: `${label}, ${thing.type ?? thing.kind}`,
        data: {
          thing,
          label,
          isRoot: roots.includes(thing.ref),
          faded: near !== undefined && !near.has(thing.ref),
        },
      },
    ];
  });
}

const LABELLED = 30;

export function flowEdges(graph: Graph, focus: string | undefined): Edge[] {
  return graph.edges.map((edge) => {
    const lit = focus !== undefined && (edge.from === focus || edge.to === focus);
    const labelled = lit || (focus === undefined && graph.edges.length <= LABELLED);
    const className = lit ? 'lit' : focus === undefined ? '' : 'faded';
    return {
      id: `${edge.from}|${edge.type}|${edge.to}`,
      source: edge.from,
      target: edge.to,
      className,
      focusable: false,
      zIndex: lit ? 1 : 0,
      markerEnd: {
        type: MarkerType.ArrowClosed,
        width: 14,
        height: 14,
        color: lit ? 'var(--accent)' : 'var(--line-strong)',
      },
      ...(labelled && { label: relationLabel(edge.type).toLowerCase() }),
    };
  });
}
