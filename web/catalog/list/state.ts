/** What the catalog's address says: filters, words, order, columns. */
import { anyKind } from '#web/kit/software.ts';
import type { UrlSearch, UrlState } from '#web/kit/url.ts';
import type { RowsQuery } from '../queries.ts';

export const facetKeys = {
  kind: 'kind',
  type: 'spec.type',
  owner: 'owner',
  lifecycle: 'spec.lifecycle',
  language: 'language',
  tags: 'metadata.tags',
  freshness: 'freshness',
  review: 'review',
} as const;
export type FacetName = keyof typeof facetKeys;
export const facetOrder = Object.keys(facetKeys) as FacetName[];

/** Parameters that narrow the list; a saved view is made of these, of the order and of the columns. */
const narrowing = [...facetOrder, 'problems', 'q'];
const viewing = [...narrowing, 'sort', 'direction', 'columns'];

export const columnIds = [
  'name',
  'kind',
  'owner',
  'lifecycle',
  'language',
  'system',
  'tags',
  'state',
  'changedAt',
] as const;
export type ColumnId = (typeof columnIds)[number];
const defaultColumns: readonly ColumnId[] = ['name', 'owner', 'lifecycle', 'language', 'state', 'changedAt'];
/** How much of the window the table has. */
export type Room = 'wide' | 'tight' | 'narrow';
const byRoom: Record<Room, readonly ColumnId[]> = {
  wide: defaultColumns,
  tight: ['name', 'owner', 'state'],
  narrow: ['name', 'state'],
};

type Reader = Pick<UrlState, 'all' | 'one'>;

/** The kinds that are looked at: those that are chosen, else all that is software; undefined for all there are. */
export function kindsOf(url: Reader, software: readonly string[]): readonly string[] | undefined {
  const chosen = url.all('kind');
  if (chosen.includes(anyKind)) return undefined;
  return chosen.length > 0 ? chosen : software;
}

/** The server's filter: one condition, all of whose keys must hold, any value of each. */
export function filterOf(url: Reader, software: readonly string[]): string | undefined {
  const parts = facetOrder.flatMap((facet) => {
    const values = facet === 'kind' ? (kindsOf(url, software) ?? []) : url.all(facet);
    return values.map((value) => `${facetKeys[facet]}=${value}`);
  });
  if (url.one('problems')) parts.push('problems=true');
  return parts.length > 0 ? parts.join(',') : undefined;
}

export function rowsQueryOf(url: UrlState, software: readonly string[]): RowsQuery {
  return {
    filter: filterOf(url, software),
    q: url.one('q'),
    sort: url.one('sort'),
    direction: url.one('direction'),
  };
}

export function columnsOf(url: UrlState, room: Room): readonly ColumnId[] {
  const chosen = url.one('columns')?.split(',');
  if (!chosen || room !== 'wide') return byRoom[room];
  return columnIds.filter((id) => id === 'name' || chosen.includes(id));
}

export function isNarrowed(search: UrlSearch): boolean {
  return narrowing.some((name) => search[name] !== undefined && search[name] !== anyKind);
}

export const cleared = Object.fromEntries(narrowing.map((name) => [name, undefined]));

/** The part of an address that a saved view keeps. */
export function viewOf(search: UrlSearch): UrlSearch {
  return Object.fromEntries(Object.entries(search).filter(([name]) => viewing.includes(name)));
}

export function sameView(one: UrlSearch, other: UrlSearch): boolean {
  const text = (view: UrlSearch) =>
    JSON.stringify(Object.entries(viewOf(view)).sort(([a], [b]) => a.localeCompare(b)));
  return text(one) === text(other);
}
