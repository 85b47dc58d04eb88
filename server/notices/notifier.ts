/** Tells people something where they are: in Slack where it is configured, else on the page alone. */
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { CatalogTables } from '../catalog/index.ts';
import type { ActionsConfig } from '../kernel/actions-config.ts';
import type { Fetch } from '../kernel/fetch.ts';
import type { Log } from '../kernel/log.ts';

export interface NotifierDeps {
  db: Kysely<CatalogTables>;
  slack: ActionsConfig['slack'];
  fetch: Fetch;
  /** Address of the portal, for links; undefined where it is not set. */
  url: string | undefined;
  log: Log;
}

export interface Notice {
  /** Ref of a group or user. */
  to: string;
  text: string;
  /** Path of the page that shows more. */
  path: string;
}

/** Which channel a group or user reads. */
export const CHANNEL_ANNOTATION = 'slack.com/channel';
const API = 'https://slack.com/api';
const answerShape = z.looseObject({ ok: z.boolean(), error: z.string().optional() });

export class Notifier {
  readonly #deps: NotifierDeps;

  constructor(deps: NotifierDeps) {
    this.#deps = deps;
  }

  /** Never throws: what can't be sent is said in the log. @returns by what it was told: `slack`, or `page` alone. */
  async tell(notice: Notice): Promise<'slack' | 'page'> {
    try {
      return (await this.#slack(notice)) ? 'slack' : 'page';
    } catch (error) {
      this.#deps.log.warn({ to: notice.to, error: String(error) }, 'a notice could not be sent');
      return 'page';
    }
  }

  async #slack({ to, text, path }: Notice): Promise<boolean> {
    const { slack, url } = this.#deps;
    if (!slack) return false;
    const message = url ? `${text}\n${new URL(path, url).href}` : text;
    if (!slack.token) {
      await this.#post(slack.webhook?.reveal() ?? '', { text: `${to}: ${message}` });
      return true;
    }
    const channel = await this.#channelOf(to);
    if (!channel) return false;
    const authorization = `Bearer ${slack.token.reveal()}`;
    const address = `${slack.apiUrl ?? API}/chat.postMessage`;
    const answer = answerShape.parse(
      await this.#post(address, { channel, text: message }, { authorization }),
    );
    if (!answer.ok)
      throw new AtriumError('OUTSIDE_UNAVAILABLE', `Slack does not take the message: ${answer.error}`);
    return true;
  }

  async #post(address: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
    const answer = await this.#deps.fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      // The configuration names it.
      guarded: false,
    });
    if (answer.status >= 300)
      throw new AtriumError('OUTSIDE_UNAVAILABLE', `Slack answered with ${answer.status}`);
    const text = answer.body.toString();
    return text.startsWith('{') ? JSON.parse(text) : { ok: true };
  }

  async #channelOf(ref: string): Promise<string | undefined> {
    const { rows } = await sql<{ channel: string | null }>`
      select body #>> array['metadata', 'annotations', ${CHANNEL_ANNOTATION}]::text[] as channel
      from entity where ref = ${ref}`.execute(this.#deps.db);
    return rows[0]?.channel ?? undefined;
  }
}
