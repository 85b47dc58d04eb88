import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Graph } from '#server/catalog/contract.ts';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { entityPath } from '#web/kit/ref.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import type { UrlState } from '#web/kit/url.ts';
import { graphQuery } from '../queries.ts';
import { Canvas, CanvasBones } from './canvas.tsx';
import styles from './graph.module.css';
import type { GraphState } from './graph-state.ts';
import { ListView } from './list-view.tsx';

const text = messages.graph;

function Selected({ graph, selected }: { graph: Graph; selected: string }) {
  const node = graph.nodes.find((one) => one.ref === selected);
  if (!node) return null;
  return (
    <div className={styles.selection}>
      <EntityLink entityRef={node.ref} kind={node.kind} type={node.type} title={node.title} glyph />
      <span className={styles.hint}>{node.exists ? node.description : text.missing}</span>
      <span className={styles.selectionActions}>
        <ButtonLink to="/graph" search={{ root: node.ref }} h={28}>
          {text.makeRoot}
        </ButtonLink>
        <ButtonLink to={entityPath(node.ref)} h={28}>
          {text.openPage}
        </ButtonLink>
      </span>
    </div>
  );
}

interface Props {
  url: UrlState;
  state: GraphState;
  asList: boolean;
}

/** The graph as a drawing or as a list, from the same answer. */
export function GraphView({ url, state, asList }: Props) {
  const graph = useQuery(graphQuery(state));
  const navigate = useNavigate();
  const selected = url.one('at');
  if (!asList && graph.isPending) return <CanvasBones />;
  return (
    <Load query={graph}>
      {(data) => {
        if (data.nodes.length <= 1) return <EmptyState title={text.lonely} />;
        return (
          <>
            <p className={styles.summary}>
              {text.summary(data.nodes.length, data.edges.length)}
              {data.truncated && <span className={styles.warn}> {text.truncated}</span>}
            </p>
            {asList ? (
              <ListView graph={data} />
            ) : (
              <>
                <Canvas
                  graph={data}
                  roots={state.root}
                  question={JSON.stringify(state)}
                  answered={!graph.isPlaceholderData}
                  selected={selected}
                  onSelect={(ref) => url.set({ at: ref })}
                  onOpen={(ref) => void navigate({ to: entityPath(ref) })}
                />
                {selected && <Selected graph={data} selected={selected} />}
              </>
            )}
          </>
        );
      }}
    </Load>
  );
}
