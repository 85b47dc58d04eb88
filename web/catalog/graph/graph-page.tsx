import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { EntityLink } from '#web/kit/entity-link.tsx';
import { EntityPicker } from '#web/kit/entity-picker.tsx';
import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { refName } from '#web/kit/ref.ts';
import { EmptyState } from '#web/kit/states.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { type UrlState, useUrl } from '#web/kit/url.ts';
import { recordQuery, someRowsQuery } from '../queries.ts';
import { useSoftwareKinds } from '../use-software-kinds.ts';
import { Controls } from './controls.tsx';
import styles from './graph.module.css';
import { graphState } from './graph-state.ts';
import { GraphView } from './graph-view.tsx';
import { ImpactView } from './impact-view.tsx';
import { PathsView } from './paths-view.tsx';

const text = messages.graph;
const views = ['graph', 'list', 'paths', 'impact'] as const;
type View = (typeof views)[number];
const SUGGESTED = 12;

function Start({ url }: { url: UrlState }) {
  const systems = useQuery(someRowsQuery('kind=system,kind=domain', SUGGESTED));
  return (
    <div className={styles.start}>
      <EmptyState title={text.choose} hint={text.chooseHint} />
      <EntityPicker
        label={text.root}
        value={undefined}
        onPick={(ref) => url.set({ root: ref }, { push: true })}
      />
      <ul className={styles.suggestions}>
        {systems.data?.items.map((row) => (
          <li key={row.ref}>
            <button type="button" onClick={() => url.set({ root: row.ref }, { push: true })}>
              {row.title ?? refName(row.ref)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Content({ view, url }: { view: View; url: UrlState }) {
  const software = useSoftwareKinds();
  const state = useMemo(() => graphState(url, software), [url, software]);
  const [root] = state.root;
  if (view === 'paths') return <PathsView url={url} root={root} />;
  if (!root) return <Start url={url} />;
  if (view === 'impact') {
    return (
      <>
        <div className={styles.controls}>
          <EntityPicker
            label={text.root}
            value={root}
            onPick={(ref) => url.set({ root: ref }, { push: true })}
          />
        </div>
        <ImpactView root={root} />
      </>
    );
  }
  return (
    <>
      <Controls url={url} state={state} withRoot />
      <GraphView url={url} state={state} asList={view === 'list'} />
    </>
  );
}

/** Named and marked as on its own page, once that is known. */
function RootFact({ entityRef }: { entityRef: string }) {
  const row = useQuery(recordQuery(entityRef)).data?.row;
  return <EntityLink entityRef={entityRef} {...row} glyph />;
}

export function GraphPage() {
  const url = useUrl();
  const view = views.find((one) => one === url.one('view')) ?? 'graph';
  const roots = url.all('root');
  return (
    <>
      <PageHead title={text.title} facts={roots.map((root) => <RootFact key={root} entityRef={root} />)} />
      <Tabs
        label={text.views}
        tabs={views.map((id) => ({ id, label: text[id] }))}
        value={view}
        onChange={(id) => url.set({ view: id === 'graph' ? undefined : id }, { push: true })}
      >
        <Content view={view} url={url} />
      </Tabs>
    </>
  );
}
