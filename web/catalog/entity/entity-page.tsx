import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { formatRef } from '#model/ref.ts';
import type { GoldenRecord } from '#server/catalog/contract.ts';
import { ApiError } from '#web/kit/api.ts';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { rememberVisit } from '#web/kit/recent.ts';
import { anyKind } from '#web/kit/software.ts';
import { EmptyState, ErrorState, SkeletonRows } from '#web/kit/states.tsx';
import { Tabs } from '#web/kit/tabs.tsx';
import { useUrl } from '#web/kit/url.ts';
import { recordQuery } from '../queries.ts';
import { ActivityTab } from './activity-tab.tsx';
import styles from './entity.module.css';
import { EntityHead } from './entity-head.tsx';
import { OverviewTab } from './overview-tab.tsx';
import type { EntitySlots, EntityTab } from './slots.ts';
import { SourcesTab } from './sources-tab.tsx';

const ApiTab = lazy(() => import('./api-tab.tsx').then((module) => ({ default: module.ApiTab })));
const DependenciesTab = lazy(() =>
  import('../graph/dependencies-tab.tsx').then((module) => ({ default: module.DependenciesTab })),
);

const text = messages.entity;

const withoutApi = new Set(['group', 'user', 'location', 'domain', 'template']);

type Tab = EntityTab & { count?: number };

function tabsOf(record: GoldenRecord, slots: EntitySlots): readonly Tab[] {
  const { row, apis } = record;
  const own = (id: keyof typeof text.tabs, content: ReactNode): Tab => ({
    id,
    label: text.tabs[id],
    content,
  });
  const api = {
    ...own('api', <ApiTab record={record} />),
    ...(apis.length > 1 && { count: apis.length }),
  };
  const hidden = withoutApi.has(row.kind.toLowerCase()) && apis.length === 0;
  return [
    own('overview', <OverviewTab record={record} slots={slots} />),
    own('dependencies', <DependenciesTab entityRef={row.ref} />),
    ...(hidden ? [] : [api]),
    ...(slots.tabs?.(record) ?? []),
    own('sources', <SourcesTab record={record} />),
    own('activity', <ActivityTab entityRef={row.ref} />),
  ];
}

function Entity({ record, slots }: { record: GoldenRecord; slots: EntitySlots }) {
  const url = useUrl();
  const { row } = record;
  const tabs = tabsOf(record, slots);
  const shown = tabs.find((tab) => tab.id === url.one('tab')) ?? tabs[0];
  useEffect(() => {
    rememberVisit({ ref: row.ref, kind: row.kind, name: row.name, title: row.title, type: row.type });
  }, [row.ref, row.kind, row.name, row.title, row.type]);
  return (
    <>
      <EntityHead record={record} />
      <Tabs
        label={text.tabList}
        tabs={tabs}
        value={shown?.id ?? ''}
        onChange={(id) => url.set({ tab: id === 'overview' ? undefined : id }, { push: true })}
      >
        <Suspense fallback={<SkeletonRows />}>{shown?.content}</Suspense>
      </Tabs>
    </>
  );
}

/** An address of something that has left, or was never there: the ways on from here. */
function Missing({ name }: { name: string }) {
  const actions = (
    <div className={styles.ways}>
      <ButtonLink to="/catalog" search={{ q: name, kind: anyKind }}>
        {text.lookFor}
      </ButtonLink>
      <ButtonLink to="/sources">{text.seeSources}</ButtonLink>
    </div>
  );
  return <EmptyState title={text.gone} hint={text.goneHint} action={actions} />;
}

export function EntityPage({ slots }: { slots: EntitySlots }) {
  const params = useParams({ strict: false }) as { namespace?: string; kind?: string; name?: string };
  const { namespace = 'default', kind = 'component', name = '' } = params;
  const ref = formatRef({ kind, namespace, name });
  const record = useQuery(recordQuery(ref));
  if (record.data) return <Entity key={ref} record={record.data} slots={slots} />;
  const crumbs = [{ label: messages.catalog.title, to: '/catalog' }];
  return (
    <>
      <PageHead title={name} crumbs={crumbs} />
      {record.error instanceof ApiError && record.error.status === 404 ? (
        <Missing name={name} />
      ) : record.error ? (
        <ErrorState error={record.error} onRetry={() => void record.refetch()} />
      ) : (
        <div className={styles.loading}>
          <SkeletonRows rows={10} />
        </div>
      )}
    </>
  );
}
