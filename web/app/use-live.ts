import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { startLive } from '#web/kit/live.ts';
import { type Sources, sourcesKey } from '#web/sources/queries.ts';

const PATIENCE_MS = 4_000;

/**
 * Keeps the queries new. @param mayListen whoever may not is not refused over and over.
 * @returns false while the connection is lost for more than a moment.
 */
export function useLive(mayListen: boolean): boolean {
  const client = useQueryClient();
  const [connected, setConnected] = useState(true);
  useEffect(() => {
    if (!mayListen) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = startLive(client, {
      onProgress: (data) => {
        const before = client.getQueryData<Sources>(sourcesKey);
        client.setQueryData(sourcesKey, data as Sources);
        if (before?.ready === false && (data as Sources).ready) void client.invalidateQueries();
      },
      onConnection: (now) => {
        clearTimeout(timer);
        if (now) setConnected(true);
        else timer = setTimeout(() => setConnected(false), PATIENCE_MS);
      },
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client, mayListen]);
  return connected;
}
