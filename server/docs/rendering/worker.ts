/** The thread in which pages are rendered: a large one does not hold up the server. */
import { parentPort } from 'node:worker_threads';
import type { SiteContext } from '../markdown/page.ts';
import { renderPage } from '../markdown/render-page.ts';
import type { RenderMessage, RenderReply, RenderTask } from './protocol.ts';

const contexts = new Map<string, SiteContext>();

parentPort?.on('message', (message: RenderMessage) => {
  if ('drop' in message) contexts.delete(message.drop);
  else if ('id' in message) parentPort?.postMessage(replyTo(message));
  else contexts.set(message.context.key, message.context);
});

function replyTo({ id, context: key, page, highlight }: RenderTask): RenderReply {
  const context = contexts.get(key);
  if (!context) return { id, error: `The site ${key} is not known` };
  try {
    return { id, page: renderPage(context, page, { highlight }) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
