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
import { EmptyState, ErrorState, Load, SkeletonRows } from '#web/kit/states.tsx';
import { useUrl } from '#web/kit/url.ts';
import { facetsQuery, summaryQuery } from '../queries.ts';
import { CatalogTable } from './catalog-table.tsx';
import { FacetList } from './facets.tsx';
import styles from './list.module.css';
import { Peek } from './peek.tsx';
import { cleared, columnsOf, isNarrowed, type Room, rowsQueryOf } from './state.ts';
import { Chips, Toolbar } from './toolbar.tsx';
import { usePages } from './use-pages.ts';
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

function useRange() {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), []);
  return { ...range, onRange };
}

function Nothing({ narrowed, onClear }: { narrowed: boolean; onClear: () => void }) {
  if (narrowed) {
    return (
      <EmptyState
        title={text.none}
        hint={text.noneHint}
        action={<Button onClick={onClear}>{text.clear}</Button>}
      />
    );
  }
  const action = <ButtonLink to="/sources">{text.emptyDo}</ButtonLink>;
  return <EmptyState title={text.empty} hint={text.emptyHint} action={action} />;
}

function List({ room }: { room: Room }) {
  const url = useUrl();
  const navigate = useNavigate();
  const range = useRange();
  const query = useMemo(() => rowsQueryOf(url), [url]);
  const pages = usePages(query, range.first, range.last);
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
  if (pages.total === 0)
    return <Nothing narrowed={isNarrowed(url.search)} onClear={() => url.set(cleared, { push: true })} />;
  return (
    <CatalogTable
      columns={columnsOf(url, room)}
      total={pages.total}
      behind={pages.behind}
      rowAt={pages.rowAt}
      onRange={range.onRange}
      sort={sort}
      direction={direction}
      onSort={onSort}
      peek={url.one('peek')}
      onPeek={(ref) => url.set({ peek: ref })}
      onOpen={(ref) => void navigate({ to: entityPath(ref) })}
    />
  );
}

export function CatalogPage() {
  const url = useUrl();
  const query = rowsQueryOf(url);
  const [filtering, setFiltering] = useState(false);
  const facets = useQuery(facetsQuery({ filter: query.filter, q: query.q }));
  const summary = useQuery(summaryQuery());
  const peek = url.one('peek');
  const room = useRoom(peek !== undefined);
  const narrow = room === 'narrow';
  const facetList = (
    <Load query={facets} rows={6}>
      {(data) => <FacetList facets={data.facets} url={url} />}
    </Load>
  );
  const total = facets.data?.total;
  const all = summary.data?.total;
  const facts = total !== undefined && (
    <span>
      {all !== undefined && all !== total ? text.found(count(total), count(all)) : text.things(count(total))}
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
          <List room={room} />
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
