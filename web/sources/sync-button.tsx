import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RefreshCw } from 'lucide-react';
import { messages } from '#web/kit/messages.ts';
import { sourcesKey, syncSource } from './queries.ts';

const text = messages.sources;

export function SyncButton({ id, title, reading }: { id: string; title: string; reading: boolean }) {
  const client = useQueryClient();
  const sync = useMutation({
    mutationFn: () => syncSource(id),
    onSettled: () => client.invalidateQueries({ queryKey: sourcesKey }),
  });
  return (
    <Button
      h={28}
      aria-label={`${text.sync}: ${title}`}
      loading={sync.isPending}
      disabled={reading}
      leftSection={<RefreshCw size={13} aria-hidden="true" />}
      onClick={() => sync.mutate()}
    >
      {sync.error ? sync.error.message : reading ? text.syncing : text.sync}
    </Button>
  );
}
