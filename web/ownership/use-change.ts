import { useMutation, useQueryClient } from '@tanstack/react-query';

/** Sends a change of ownership or debt; everything that shows either is asked for anew. */
export function useChange<Body, Answer>(send: (body: Body) => Promise<Answer>, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await client.invalidateQueries({
        predicate: ({ queryKey }) => ['ownership', 'team', 'teams', 'record'].includes(String(queryKey[0])),
      });
      onDone?.();
    },
  });
}
