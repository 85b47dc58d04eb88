import { useMutation, useQueryClient } from '@tanstack/react-query';
import { scores } from '#web/kit/live.ts';

/** Sends a decision on a standard; everything that shows scores is asked for anew. */
export function useChange<Body, Answer>(send: (body: Body) => Promise<Answer>, onDone?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [scores] });
      onDone?.();
    },
  });
}
