import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { softwareKinds } from '#web/kit/software.ts';
import { summaryQuery } from './queries.ts';

/** The same list while it says the same, so that no news of the whole catalog asks for everything again. */
export function useSoftwareKinds(): readonly string[] {
  const summary = useQuery(summaryQuery());
  const names = softwareKinds(summary.data?.kinds).join();
  return useMemo(() => names.split(','), [names]);
}
