import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type RunEvent, runKey } from './queries.ts';

/** Everything a run has said so far, and what it says while the page is open. */
export function useRunEvents(id: string): readonly RunEvent[] {
  const client = useQueryClient();
  const [events, setEvents] = useState<readonly RunEvent[]>([]);
  useEffect(() => {
    setEvents([]);
    const stream = new EventSource(`/api/runs/${id}/stream`);
    stream.addEventListener('event', (message) => {
      const event = JSON.parse(String(message.data)) as RunEvent;
      setEvents((before) => (before.some((one) => one.id === event.id) ? before : [...before, event]));
      if (event.kind !== 'log') void client.invalidateQueries({ queryKey: runKey(id) });
    });
    stream.addEventListener('end', () => {
      stream.close();
      void client.invalidateQueries({ queryKey: runKey(id) });
    });
    return () => stream.close();
  }, [id, client]);
  return events;
}
