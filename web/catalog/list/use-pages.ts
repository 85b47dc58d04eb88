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

/**
 * The rows around the viewport, page by page. After a new question the old rows stay until the first
 * page of the new ones is there.
 */
export function usePages(asked: RowsQuery, first: number, last: number): Pages {
  const [shown, setShown] = useState(asked);
  const start = useQuery({ ...rowsQuery(asked, 0), placeholderData: keepPreviousData });
  const arrived = start.data !== undefined && !start.isPlaceholderData;
  const same = JSON.stringify(shown) === JSON.stringify(asked);
  if (arrived && !same) setShown(asked);
  const query = arrived ? asked : shown;
  const from = Math.floor(Math.max(0, first) / PAGE);
  const to = Math.floor(Math.max(0, last) / PAGE);
  const wanted = Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((page) => page > 0);
  const loaded = useQueries({ queries: wanted.map((page) => rowsQuery(query, page)) });
  const rowAt = (index: number): Row | undefined => {
    const page = Math.floor(index / PAGE);
    const data = page === 0 ? start.data : loaded[wanted.indexOf(page)]?.data;
    return data?.items[index - page * PAGE];
  };
  return {
    total: start.data?.total,
    rowAt,
    behind: start.isPlaceholderData,
    error: start.error,
    refetch: start.refetch,
  };
}
