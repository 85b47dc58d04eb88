import '@xyflow/react/dist/base.css';
import { useQuery } from '@tanstack/react-query';
import {
  Background,
  Controls,
  Handle,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
} from '@xyflow/react';
import { type KeyboardEvent, useMemo, useState } from 'react';
import type { Graph } from '#server/catalog/contract.ts';
import { cx } from '#web/kit/cx.ts';
import { KindGlyph } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { refName } from '#web/kit/ref.ts';
import { SkeletonRows } from '#web/kit/states.tsx';
import { flowEdges, flowNodes, type ThingNode } from './flow.ts';
import styles from './graph.module.css';
import { layoutOf } from './layout.ts';

const text = messages.graph;

function Thing({ data, selected }: NodeProps<ThingNode>) {
  const { thing, label, isRoot, faded } = data;
  return (
    <div
      className={cx(
        styles.thing,
        isRoot && styles.root,
        faded && styles.faded,
        selected && styles.selected,
        !thing.exists && styles.dangling,
      )}
    >
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <KindGlyph kind={thing.kind} type={thing.type} />
      <span title={thing.exists ? thing.ref : `${thing.ref}, ${text.missing}`}>{label}</span>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}

const nodeTypes = { thing: Thing };

interface Props {
  graph: Graph;
  roots: readonly string[];
  selected: string | undefined;
  onSelect: (ref: string | undefined) => void;
  onOpen: (ref: string) => void;
}

const FITS = 40;

/** All of a small graph; of a large one what is near the start, so that it can be read. */
function fitting(graph: Graph, roots: readonly string[]) {
  const near = graph.nodes.filter((node) => node.distance <= 1 || roots.includes(node.ref));
  const nodes = (graph.nodes.length > FITS ? near : graph.nodes).map((node) => ({ id: node.ref }));
  return { nodes, padding: 0.08, minZoom: 0.6, maxZoom: 1.1 };
}

function useLayout(graph: Graph) {
  const shape =
    graph.nodes.map((node) => node.ref).join() + graph.edges.map((edge) => edge.from + edge.to).join();
  const titles = new Map(graph.nodes.map((node) => [node.ref, node.title]));
  return useQuery({
    queryKey: ['layout', '', shape],
    queryFn: () => layoutOf(graph, (ref) => titles.get(ref) ?? refName(ref)),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
}

/** The drawn graph: drag, zoom, Tab through the things; what is looked at lights up its neighbours. */
export function Canvas({ graph, roots, selected, onSelect, onOpen }: Props) {
  const layout = useLayout(graph);
  const [hovered, setHovered] = useState<string>();
  const focus = hovered ?? selected;
  const nodes = useMemo(
    () =>
      layout.data
        ? flowNodes(graph, layout.data, roots, focus).map((node) => ({
            ...node,
            selected: node.id === selected,
          }))
        : [],
    [graph, layout.data, roots, focus, selected],
  );
  const edges = useMemo(() => flowEdges(graph, focus), [graph, focus]);
  const onKeyDown = (event: KeyboardEvent) => {
    const ref = (event.target as HTMLElement).closest<HTMLElement>('.react-flow__node')?.dataset.id;
    if (!ref) return;
    if (event.key === 'Enter') {
      event.stopPropagation();
      onOpen(ref);
    } else if (event.key === ' ') {
      event.preventDefault();
      event.stopPropagation();
      onSelect(ref === selected ? undefined : ref);
    }
  };
  if (!layout.data) return <SkeletonRows />;
  return (
    <section className={styles.canvas} aria-label={text.canvas} onKeyDownCapture={onKeyDown}>
      <ReactFlowProvider>
        <ReactFlow
          key={roots.join()}
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          fitView
          fitViewOptions={fitting(graph, roots)}
          minZoom={0.15}
          maxZoom={2}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable
          onNodeMouseEnter={(_, node) => setHovered(node.id)}
          onNodeMouseLeave={() => setHovered(undefined)}
          onNodeClick={(_, node) => onSelect(node.id === selected ? undefined : node.id)}
          onNodeDoubleClick={(_, node) => onOpen(node.id)}
          onPaneClick={() => onSelect(undefined)}
          proOptions={{ hideAttribution: true }}
        >
          <Background gap={24} size={1} color="var(--line)" />
          <Controls showInteractive={false} />
        </ReactFlow>
      </ReactFlowProvider>
    </section>
  );
}
