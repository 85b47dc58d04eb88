import '@xyflow/react/dist/base.css';
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  Background,
  Controls,
  type FitViewOptions,
  Handle,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
} from '@xyflow/react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { Graph } from '#server/catalog/contract.ts';
import { cx } from '#web/kit/cx.ts';
import { KindGlyph } from '#web/kit/kind.tsx';
import { messages } from '#web/kit/messages.ts';
import { refName } from '#web/kit/ref.ts';
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
  /** What was asked: another question is looked at anew, news of the same one leaves the view where it is. */
  question: string;
  /** Whether the graph is the answer to it, or still that to the question before. */
  answered: boolean;
  selected: string | undefined;
  onSelect: (ref: string | undefined) => void;
  onOpen: (ref: string) => void;
}

const FITS = 40;
const FITS_NARROW = 6;

const NARROW_PX = 760;

/** All of a small graph; of a large one what is near the start, on a phone the start itself: it must be readable. */
function fitting(graph: Graph, roots: readonly string[]): FitViewOptions {
  if (window.innerWidth < NARROW_PX && graph.nodes.length > FITS_NARROW)
    return { nodes: roots.map((id) => ({ id })), maxZoom: 0.8 };
  const near = graph.nodes.filter((node) => node.distance <= 1 || roots.includes(node.ref));
  const nodes = (graph.nodes.length > FITS ? near : graph.nodes).map((node) => ({ id: node.ref }));
  return { nodes, padding: 0.08, minZoom: 0.6, maxZoom: 1.1 };
}

/** Brings each new answer into view, once it is placed. */
function Refit({ question, ready, fit }: { question: string; ready: boolean; fit: FitViewOptions }) {
  const { fitView } = useReactFlow();
  const fitted = useRef<string>(undefined);
  useEffect(() => {
    if (!ready || fitted.current === question) return;
    fitted.current = question;
    void fitView(fit);
  }, [question, ready, fit, fitView]);
  return null;
}

const columns = [
  ['needed by', [1, 2]],
  ['start', [1]],
  ['needs', [1, 2, 3]],
] as const;

/** The place of the drawing while it is on its way. */
export function CanvasBones() {
  return (
    <div className={styles.canvas} role="status" aria-label={messages.kit.loading}>
      <div className={styles.bones}>
        {columns.map(([side, things]) => (
          <div key={side}>
            {things.map((thing) => (
              <Skeleton key={thing} width={140} height={36} radius={7} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
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
export function Canvas({ graph, roots, question, answered, selected, onSelect, onOpen }: Props) {
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
  if (!layout.data) return <CanvasBones />;
  return (
    <section className={styles.canvas} aria-label={text.canvas} onKeyDownCapture={onKeyDown}>
      <ReactFlowProvider>
        <ReactFlow
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
          <Refit
            question={question}
            ready={answered && !layout.isPlaceholderData}
            fit={fitting(graph, roots)}
          />
          <Background gap={24} size={1} color="var(--line)" />
          <Controls showInteractive={false} />
        </ReactFlow>
      </ReactFlowProvider>
    </section>
  );
}
