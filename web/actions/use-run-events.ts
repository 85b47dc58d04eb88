import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { listenTo } from '#web/kit/event-stream.ts';
import { type RunEvent, runKey } from './queries.ts';

/** Everything a run has said so far, and what it says while the page is open. */
export function useRunEvents(id: string): readonly RunEvent[] {
  const client = useQueryClient();
  const [events, setEvents] = useState<readonly RunEvent[]>([]);
  useEffect(() => {
    setEvents([]);
    const take = (data: unknown) => {
      const event = data as RunEvent;
      setEvents((before) => (before.some((one) => one.id === event.id) ? before : [...before, event]));
      if (event.kind !== 'log') void client.invalidateQueries({ queryKey: runKey(id) });
    };
    const stop = listenTo(`/api/runs/${id}/stream`, client, {
      on: {
        ...{ log: take, step: take, run: take },
        end: () => {
          stop();
          void client.invalidateQueries({ queryKey: runKey(id) });
        },
      },
    });
    return stop;
  }, [id, client]);
  return events;
}
