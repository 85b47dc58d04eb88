import { useMutation } from '@tanstack/react-query';
import { forgetPersonal } from '#web/kit/personal.ts';
import { signOut, viewAs } from './queries.ts';

/** Everything on the page belongs to whoever leaves, so it is loaded anew. */
export function useSignOut() {
  return useMutation({
    mutationFn: signOut,
    onSuccess: (answer) => {
      forgetPersonal();
      location.assign(answer?.redirect ?? '/');
    },
  });
}

/** Looks at the portal as somebody else, or as oneself again with null. */
export function useViewAs() {
  return useMutation({ mutationFn: viewAs, onSuccess: () => location.assign('/') });
}
