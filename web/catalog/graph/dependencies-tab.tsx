import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { messages } from '#web/kit/messages.ts';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import { useSoftwareKinds } from '../use-software-kinds.ts';
import { Controls } from './controls.tsx';
import styles from './graph.module.css';
import { graphState } from './graph-state.ts';
import { GraphView } from './graph-view.tsx';
import { ImpactView } from './impact-view.tsx';

const text = messages.graph;
const views = ['graph', 'list', 'impact'] as const;

/** The graph around one thing, on its own page. */
export function DependenciesTab({ entityRef }: { entityRef: string }) {
  const url = useUrl();
  const view = views.find((one) => one === url.one('view')) ?? 'graph';
  const software = useSoftwareKinds();
  const state = useMemo(
    () => ({ ...graphState(url, software, [entityRef]), depth: Number(url.one('depth')) || 1 }),
    [url, software, entityRef],
  );
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
            <Controls url={url} state={state} withRoot={false} />
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
