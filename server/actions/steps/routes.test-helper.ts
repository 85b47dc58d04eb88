/** Routes of a server that stands in for an API: `GET /repos/:repo/hooks/:id`. */
import type { Answer, Asked } from './outside.test-helper.ts';

export type Handler = (at: string[], asked: Asked) => Answer | undefined;
export type Routes = Record<string, Handler>;

/** `:repo` stands for `owner/name`, `:rest` for all that follows, any other for one part. */
export function dispatch(routes: Routes, asked: Asked): Answer | undefined {
  for (const [route, handler] of Object.entries(routes)) {
    const [method, path = ''] = route.split(' ');
    if (method !== asked.method) continue;
    const pattern = path.replace(/:\w+/g, (name) => PARTS[name] ?? '([^/]+)');
    const at = new RegExp(`^${pattern}$`).exec(asked.path);
    if (at) return handler(at.slice(1), asked);
  }
  return undefined;
}

const PARTS: Record<string, string> = { ':repo': '([^/]+/[^/]+)', ':rest': '(.+)' };

/** Not found when there is none. */
export const found = (body: unknown): Answer | undefined => (body === undefined ? undefined : { body });
export const made = (body: unknown): Answer => ({ status: 201, body });
export const gone: Answer = { status: 204 };
