import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { messages } from '#web/kit/messages.ts';
import { Pager, useOffset } from '#web/kit/pager.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import type { Order } from '#web/kit/sort-button.tsx';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { Time } from '#web/kit/time.tsx';
import { useUrl } from '#web/kit/url.ts';
import { AsOf, useAt } from './as-of.tsx';
import { ScoredLink } from './changes.tsx';
import { EntityFilters, filterNames } from './entity-filters.tsx';
import { LevelMark } from './level.tsx';
import {
  PAGE,
  type Score,
  type ScorecardPage,
  type Scores,
  type ScoresFilter,
  scoresQuery,
} from './queries.ts';
import { ResultMark, ResultStrip } from './result.tsx';
import styles from './scorecards.module.css';

const TYPING_MS = 150;

/** With a rule chosen, what that one says; otherwise all of them, small. */
function resultColumn(rules: Scores['rules'], chosen: string | undefined): Column<Score> {
  const index = rules.findIndex(({ id }) => id === chosen);
  if (index < 0) {
    return {
      id: 'results',
      label: text.list.results,
      wideOnly: true,
      cell: (score) => <ResultStrip results={score.results} rules={rules} />,
    };
  }
  return {
    id: 'result',
    label: text.list.result,
    cell: (score) => <ResultMark result={score.results[index] ?? 'unknown'} />,
  };
}

function columnsOf(levels: readonly string[], result: Column<Score>): readonly Column<Score>[] {
  return [
    {
      id: 'name',
      label: text.list.name,
      sort: 'name',
      cell: (score) => <ScoredLink entityRef={score.ref} title={score.title} />,
    },
    {
      id: 'owner',
      label: text.owner,
      sort: 'owner',
      wideOnly: true,
      cell: (score) =>
        score.owner ? (
          <PartyLink party={score.owner} />
        ) : (
          <span className={styles.quiet}>{text.list.nobody}</span>
        ),
    },
    {
      id: 'level',
      label: text.list.level,
      sort: 'level',
      cell: (score) => <LevelMark level={score.level} levels={levels} />,
    },
    {
      id: 'score',
      label: text.list.score,
      sort: 'percent',
      numeric: true,
      cell: (score) => text.percent(score.percent),
    },
    result,
    {
      id: 'since',
      label: text.list.since,
      sort: 'since',
      numeric: true,
      wideOnly: true,
      cell: (score) => <Time at={score.since} />,
    },
  ];
}

/** The lowest level first, unless the address says otherwise. */
const usual = 'level';
const sorts: readonly string[] = ['name', 'owner', 'level', 'percent', 'since'];

function useOrder(): Order {
  const url = useUrl();
  const wanted = url.one('sort') ?? usual;
  const sort = sorts.includes(wanted) ? wanted : usual;
  const direction = url.one('direction') === 'desc' ? 'desc' : 'asc';
  const onSort = (next: string) =>
    url.set(
      {
        sort: next === usual ? undefined : next,
        direction: next === sort && direction === 'asc' ? 'desc' : undefined,
        offset: undefined,
      },
      { push: true },
    );
  return { sort, direction, onSort };
}

interface ListProps {
  data: Scores;
  page: ScorecardPage;
  offset: number;
  order: Order;
}

function List({ data, page, offset, order }: ListProps) {
  const url = useUrl();
  const narrowed = filterNames.some((name) => url.one(name));
  if (data.items.length === 0) {
    const clear = Object.fromEntries([...filterNames, 'offset'].map((name) => [name, undefined]));
    return (
      <EmptyState
        title={narrowed ? text.list.none : text.heat.empty}
        {...(!narrowed && { hint: text.heat.emptyHint })}
        action={narrowed && <Button onClick={() => url.set(clear, { push: true })}>{text.list.clear}</Button>}
      />
    );
  }
  const columns = columnsOf(page.card.levels, resultColumn(data.rules, url.one('rule')));
  return (
    <>
      <DataTable
        label={text.list.label}
        columns={columns}
        items={data.items}
        keyOf={({ ref }) => ref}
        order={order}
      />
      <Pager offset={offset} total={data.total} shown={data.items.length} size={PAGE} />
    </>
  );
}

/** Every thing that is measured, with its level; the filters are the address. */
export function EntitiesTab({ page }: { page: ScorecardPage }) {
  const url = useUrl();
  const at = useAt();
  const [q] = useDebouncedValue(url.one('q'), TYPING_MS);
  const order = useOrder();
  const offset = useOffset();
  const filter: ScoresFilter = {
    ...{ at, q, rule: url.one('rule'), level: url.one('level'), owner: url.one('owner') },
    result: url.one('rule') && url.one('result'),
    offset: String(offset),
    sort: order.sort,
    direction: order.direction,
  };
  const scores = useQuery(scoresQuery(page.card.ref, filter));
  return (
    <>
      <div className={styles.tools}>
        <AsOf />
        <EntityFilters page={page} filter={filter} />
      </div>
      <div
        aria-busy={scores.isPlaceholderData}
        className={scores.isPlaceholderData ? styles.behind : undefined}
      >
        <Load query={scores}>{(data) => <List data={data} page={page} offset={offset} order={order} />}</Load>
      </div>
      <span className="visually-hidden" role="status">
        {scores.data ? text.things(scores.data.total) : messages.kit.loading}
      </span>
    </>
  );
}
