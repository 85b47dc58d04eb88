/** Streams of server-sent events, each on a connection that comes back by itself. */
import type { QueryClient } from '@tanstack/react-query';
import { sessionKey } from './session.ts';

/** After an answer that is no stream, which browsers take for the last word. */
const RETRY_MS = 5000;

export interface EventHandlers {
  /** By type of event: what to do with its data, which is JSON. */
  on: Readonly<Record<string, (data: unknown) => void>>;
  onOpen?(): void;
  onLost?(): void;
}

/** @returns how to stop listening. */
export function listenTo(path: string, client: QueryClient, handlers: EventHandlers): () => void {
  let source: EventSource;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(path);
    for (const [type, take] of Object.entries(handlers.on)) {
      source.addEventListener(type, (event) => take(JSON.parse(String(event.data))));
    }
    source.addEventListener('open', () => handlers.onOpen?.());
    source.addEventListener('error', () => {
      handlers.onLost?.();
      if (source.readyState !== EventSource.CLOSED) return;
      // It may be over because the session is; then the way to sign in is shown in place of who listens.
      void client.invalidateQueries({ queryKey: sessionKey });
      retry = setTimeout(open, RETRY_MS);
    });
  };
  open();
  return () => {
    clearTimeout(retry);
    source.close();
  };
}
