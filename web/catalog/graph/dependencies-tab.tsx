import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { messages } from '#web/kit/messages.ts';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import { Controls, graphState } from './controls.tsx';
import styles from './graph.module.css';
import { GraphView } from './graph-view.tsx';
import { ImpactView } from './impact-view.tsx';

const text = messages.graph;
const views = ['graph', 'list', 'impact'] as const;

/** The graph around one thing, on its own page. */
export function DependenciesTab({ entityRef }: { entityRef: string }) {
  const url = useUrl();
  const view = views.find((one) => one === url.one('view')) ?? 'graph';
  const depth = Number(url.one('depth')) || 1;
  const state = useMemo(() => ({ ...graphState(url), root: [entityRef], depth }), [url, entityRef, depth]);
  return (
    <Tabs
      small
      label={text.views}
      tabs={views.map((id) => ({ id, label: text[id] }))}
      value={view}
      onChange={(id) => url.set({ view: id === 'graph' ? undefined : id })}
    >
      {view === 'impact' ? (
        <ImpactView root={entityRef} />
      ) : (
        <>
          <div className={styles.tabControls}>
            <Controls url={url} withRoot={false} depth={depth} />
            <Link to="/graph" search={{ root: entityRef }} className={styles.toGraph}>
              {messages.entity.graph} →
            </Link>
          </div>
          <GraphView url={url} state={state} asList={view === 'list'} />
        </>
      )}
    </Tabs>
  );
}
