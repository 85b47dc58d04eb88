import type { Graph } from '#server/catalog/contract.ts';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { refName } from '#web/kit/ref.ts';
import { relationLabel } from '../relations.tsx';
import styles from './graph.module.css';

const text = messages.graph;
type GraphNode = Graph['nodes'][number];

/** How a thing is tied to those one step nearer. */
function ties(graph: Graph, node: GraphNode, distances: ReadonlyMap<string, number>): string {
  const nearer = (ref: string) => (distances.get(ref) ?? 0) < node.distance;
  const words = graph.edges.flatMap((edge) => {
    if (edge.to === node.ref && nearer(edge.from))
      return [`${refName(edge.from)} ${relationLabel(edge.type).toLowerCase()} it`];
    if (edge.from === node.ref && nearer(edge.to))
      return [`${relationLabel(edge.type).toLowerCase()} ${refName(edge.to)}`];
    return [];
  });
  return [...new Set(words)].join(', ');
}

/** The same graph in words, grouped by how far away a thing is. */
export function ListView({ graph }: { graph: Graph }) {
  const distances = new Map(graph.nodes.map((node) => [node.ref, node.distance]));
  const levels = [...new Set(graph.nodes.map((node) => node.distance))].sort((a, b) => a - b);
  return (
    <div className={styles.list}>
      {levels.map((level) => (
        <Section key={level} title={text.away(level)}>
          <ul>
            {graph.nodes
              .filter((node) => node.distance === level)
              .map((node) => (
                <li key={node.ref} className={styles.row}>
                  <EntityLink
                    entityRef={node.ref}
                    kind={node.kind}
                    type={node.type}
                    title={node.title}
                    glyph
                  />
                  {!node.exists && <span className={styles.warn}>{text.missing}</span>}
                  <span className={styles.hint}>{ties(graph, node, distances)}</span>
                  <span className={styles.end}>{node.owner ? refName(node.owner) : ''}</span>
                </li>
              ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}
