import { useMutation, useQueryClient } from '@tanstack/react-query';
import { decide } from '../queries.ts';

/** A decision, after which everything that depends on it is asked for again. */
export function useDecide() {
  const client = useQueryClient();
  return useMutation({ mutationFn: decide, onSuccess: () => client.invalidateQueries() });
}
