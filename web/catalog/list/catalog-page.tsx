import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { toQuery } from '#web/kit/api.ts';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { cx } from '#web/kit/cx.ts';
import { count } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { entityPath } from '#web/kit/ref.ts';
import { Sheet } from '#web/kit/sheet.tsx';
import { anyKind } from '#web/kit/software.ts';
import { EmptyState, ErrorState, Load, SkeletonRows } from '#web/kit/states.tsx';
import { type UrlState, useUrl } from '#web/kit/url.ts';
import { facetsQuery, type Summary, summaryQuery } from '../queries.ts';
import { useSoftwareKinds } from '../use-software-kinds.ts';
import { CatalogTable } from './catalog-table.tsx';
import { FacetList } from './facets.tsx';
import styles from './list.module.css';
import { Peek } from './peek.tsx';
import { cleared, columnsOf, isNarrowed, kindsOf, type Room, rowsQueryOf } from './state.ts';
import { Chips, Toolbar } from './toolbar.tsx';
import { pagesAround, usePages } from './use-pages.ts';
import { Views } from './views.tsx';

const text = messages.catalog;

function useRoom(peeking: boolean): Room {
  const options = { getInitialValueInEffect: false };
  const narrow = useMediaQuery('(max-width: 760px)', false, options);
  const tight = useMediaQuery('(max-width: 1180px)', false, options);
  const broad = useMediaQuery('(min-width: 1680px)', false, options);
  if (narrow) return 'narrow';
  return tight || (peeking && !broad) ? 'tight' : 'wide';
}

/** The pages near the viewport, and how the table tells which rows it draws. */
function useNearPages() {
  const [near, setNear] = useState('0');
  const onRange = useCallback((first: number, last: number) => setNear(pagesAround(first, last)), []);
  return { near, onRange };
}

function Nothing({ url }: { url: UrlState }) {
  if (isNarrowed(url.search)) {
    const action = (
      <div className={styles.ways}>
        <Button onClick={() => url.set(cleared, { push: true })}>{text.clear}</Button>
        {url.one('kind') === undefined && (
          <Button onClick={() => url.set({ kind: anyKind }, { push: true })}>{text.lookEverywhere}</Button>
        )}
      </div>
    );
    return <EmptyState title={text.none} hint={text.noneHint} action={action} />;
  }
  const action = <ButtonLink to="/sources">{text.emptyDo}</ButtonLink>;
  return <EmptyState title={text.empty} hint={text.emptyHint} action={action} />;
}

function List({ room, software }: { room: Room; software: readonly string[] }) {
  const url = useUrl();
  const navigate = useNavigate();
  const { near, onRange } = useNearPages();
  const query = useMemo(() => rowsQueryOf(url, software), [url, software]);
  const columns = useMemo(() => columnsOf(url, room), [url, room]);
  const pages = usePages(query, near);
  const sort = query.sort ?? 'name';
  const direction = query.direction === 'desc' ? 'desc' : 'asc';
  const onSort = (next: string) =>
    url.set({
      sort: next === 'name' ? undefined : next,
      direction: next === sort && direction === 'asc' ? 'desc' : undefined,
    });
  if (pages.total === undefined) {
    return pages.error ? (
      <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
    ) : (
      <SkeletonRows rows={16} />
    );
  }
  if (pages.total === 0) return <Nothing url={url} />;
  return (
    <CatalogTable
      columns={columns}
      resizable={room !== 'narrow'}
      total={pages.total}
      behind={pages.behind}
      rowAt={pages.rowAt}
      onRange={onRange}
      sort={sort}
      direction={direction}
      onSort={onSort}
      peek={url.one('peek')}
      onPeek={(ref) => url.set({ peek: ref })}
      onOpen={(ref) => void navigate({ to: entityPath(ref) })}
    />
  );
}

/** How much there is of the kinds that are looked at, before any other filter. */
function inScope(summary: Summary, kinds: readonly string[] | undefined): number {
  const wanted = kinds?.map((kind) => kind.toLowerCase());
  return summary.kinds
    .filter(({ kind }) => !wanted || wanted.includes(kind.toLowerCase()))
    .reduce((sum, { count: number }) => sum + number, 0);
}

export function CatalogPage() {
  const url = useUrl();
  const summary = useQuery(summaryQuery());
  const software = useSoftwareKinds();
  const query = rowsQueryOf(url, software);
  const [filtering, setFiltering] = useState(false);
  const facets = useQuery(facetsQuery({ filter: query.filter, q: query.q }));
  const peek = url.one('peek');
  const room = useRoom(peek !== undefined);
  const narrow = room === 'narrow';
  // When they cannot be had, the rows beside them cannot either, and those say why.
  const facetList = (facets.data || !facets.error) && (
    <Load query={facets} rows={6}>
      {(data) => <FacetList facets={data.facets} url={url} />}
    </Load>
  );
  const total = facets.data?.total;
  const all = summary.data && inScope(summary.data, kindsOf(url, software));
  const facts = total !== undefined && (
    <span>
      {all !== undefined && all > total ? text.found(count(total), count(all)) : text.things(total)}
    </span>
  );
  return (
    <>
      <PageHead
        title={text.title}
        facts={facts}
        actions={
          <Button
            component="a"
            href={`/api/catalog/rows.csv${toQuery({ ...query })}`}
            download
            leftSection={<Download size={15} aria-hidden="true" />}
          >
            {text.export}
          </Button>
        }
      />
      <Views search={url.search} />
      <Toolbar url={url} columns={columnsOf(url, room)} onFilters={() => setFiltering(true)} />
      <Chips url={url} />
      <div className={cx(styles.list, peek !== undefined && styles.peeking)}>
        {!narrow && (
          <aside className={styles.sidebar} aria-label={text.filters}>
            {facetList}
          </aside>
        )}
        <div className={styles.tableArea}>
          <List room={room} software={software} />
        </div>
        {peek && <Peek entityRef={peek} onClose={() => url.set({ peek: undefined })} />}
      </div>
      {narrow && filtering && (
        <Sheet label={text.filters} side="left" onClose={() => setFiltering(false)}>
          {facetList}
        </Sheet>
      )}
    </>
  );
}
