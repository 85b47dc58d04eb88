import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Row } from '#server/catalog/contract.ts';
import { PAGE, type RowsQuery, rowsQuery } from '../queries.ts';

export interface Pages {
  total: number | undefined;
  /** Undefined while the row is on its way. */
  rowAt: (index: number) => Row | undefined;
  /** What is shown answers an older question; the new answer is on its way. */
  behind: boolean;
  error: Error | null;
  refetch: () => unknown;
}

/** How many rows before and after the drawn ones are asked for, so that slow scrolling never meets a gap. */
const AHEAD = 40;

/** The pages that the rows from `first` to `last` need; a text, so that equal ones are one state. */
export function pagesAround(first: number, last: number): string {
  const from = Math.floor(Math.max(0, first - AHEAD) / PAGE);
  const to = Math.floor((last + AHEAD) / PAGE);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index).join();
}

/**
 * The pages near the viewport. Those that are flown past are never asked for: the next are only when the last
 * have come, else a long way through the list would leave the server hundreds of answers that nobody awaits.
 */
function useNear(query: RowsQuery, near: string, total: number) {
  const [asked, setAsked] = useState(near);
  const end = Math.ceil(total / PAGE);
  const numbers = (pages: string) =>
    pages
      .split(',')
      .map(Number)
      .filter((page) => page > 0 && page < end);
  const pages = [...new Set([...numbers(asked), ...numbers(near)])];
  const asking = new Set(numbers(asked));
  const loaded = useQueries({
    queries: pages.map((page) => ({ ...rowsQuery(query, page), enabled: asking.has(page) })),
  });
  const busy = loaded.some((one) => one.isLoading);
  if (!busy && asked !== near) setAsked(near);
  return (page: number) => loaded[pages.indexOf(page)]?.data;
}

/**
 * The rows around the viewport, page by page. After a new question the old rows stay until the first
 * page of the new ones is there.
 */
export function usePages(asked: RowsQuery, near: string): Pages {
  const [shown, setShown] = useState(asked);
  const start = useQuery({ ...rowsQuery(asked, 0), placeholderData: keepPreviousData });
  const arrived = start.data !== undefined && !start.isPlaceholderData;
  const same = JSON.stringify(shown) === JSON.stringify(asked);
  if (arrived && !same) setShown(asked);
  const total = start.data?.total;
  const later = useNear(arrived ? asked : shown, near, total ?? 0);
  const rowAt = (index: number): Row | undefined => {
    const page = Math.floor(index / PAGE);
    const data = page === 0 ? start.data : later(page);
    return data?.items[index - page * PAGE];
  };
  return { total, rowAt, behind: start.isPlaceholderData, error: start.error, refetch: start.refetch };
}
