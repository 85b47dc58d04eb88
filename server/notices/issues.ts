/** Opens and closes issues where the repository of an entity is hosted: at GitHub and GitLab. */

import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { CatalogTables } from '../catalog/index.ts';
import type { HostConfig } from '../kernel/actions-config.ts';
import type { Fetch } from '../kernel/fetch.ts';

export interface IssuesDeps {
  db: Kysely<CatalogTables>;
  hosts: readonly HostConfig[];
  fetch: Fetch;
}

export interface WantedIssue {
  /** Ref of the entity in whose repository it is opened. */
  entity: string;
  title: string;
  body: string;
  /** The same for the same wish: an issue that an earlier try opened is found by it. */
  key: string;
}

/** How each kind of host calls things. */
const dialects = {
  github: {
    annotation: 'github.com/project-slug',
    api: (host: string) => (host === 'github.com' ? 'https://api.github.com' : `https://${host}/api/v3`),
    issues: (slug: string) => `/repos/${slug}/issues`,
    open: { state: 'open' },
    url: 'html_url',
    text: 'body',
    close: { method: 'PATCH', body: { state: 'closed' } },
  },
  gitlab: {
    annotation: 'gitlab.com/project-slug',
    api: (host: string) => `https://${host}/api/v4`,
    issues: (slug: string) => `/projects/${encodeURIComponent(slug)}/issues`,
    open: { state: 'opened' },
    url: 'web_url',
    text: 'description',
    close: { method: 'PUT', body: { state_event: 'close' } },
  },
} as const;

const issueShape = z.record(z.string(), z.unknown());
type Issue = z.infer<typeof issueShape>;

/** Where the issues of one repository are. */
interface Tracker {
  host: HostConfig;
  /** Address of the list. */
  list: string;
}

export class Issues {
  readonly #deps: IssuesDeps;

  constructor(deps: IssuesDeps) {
    this.#deps = deps;
  }

  /** Why none can be opened anywhere; null where some host is configured. */
  get missing(): string | null {
    if (this.#deps.hosts.length > 0) return null;
    return 'No host is configured: name one under actions.hosts, with a token that may write issues';
  }

  /** @returns its address; null where the entity says of no repository at a configured host. @throws {AtriumError} */
  async open({ entity, title, body, key }: WantedIssue): Promise<string | null> {
    const tracker = await this.#trackerOf(entity);
    if (!tracker) return null;
    const { open, text, url } = dialects[tracker.host.kind];
    const mark = `<!-- atrium: ${key} -->`;
    const query = new URLSearchParams({ ...open, per_page: '100' });
    const known = z.array(issueShape).parse(await this.#ask(tracker.host, `${tracker.list}?${query}`));
    const earlier = known.find((issue) => String(issue[text] ?? '').includes(mark));
    if (earlier) return String(earlier[url]);
    const wanted = { title, [text]: `${body}\n\n${mark}` };
    const made: Issue = issueShape.parse(
      await this.#ask(tracker.host, tracker.list, { method: 'POST', body: wanted }),
    );
    return String(made[url]);
  }

  /** @returns undefined where the issue is of no repository at a configured host. @throws {AtriumError} OUTSIDE_UNAVAILABLE */
  async isClosed(entity: string, url: string): Promise<boolean | undefined> {
    const tracker = await this.#trackerOf(entity);
    const number = /\/(\d+)$/.exec(url)?.[1];
    if (!tracker || !number) return undefined;
    const issue = issueShape.parse(await this.#ask(tracker.host, `${tracker.list}/${number}`));
    return issue.state === 'closed';
  }

  /** One that is closed already stays so. @throws {AtriumError} OUTSIDE_UNAVAILABLE */
  async close(entity: string, url: string): Promise<void> {
    const tracker = await this.#trackerOf(entity);
    const number = /\/(\d+)$/.exec(url)?.[1];
    if (!tracker || !number) return;
    await this.#ask(tracker.host, `${tracker.list}/${number}`, dialects[tracker.host.kind].close);
  }

  async #trackerOf(entity: string): Promise<Tracker | undefined> {
    const { rows } = await sql<{ annotations: Record<string, string> | null }>`
      select body #> '{metadata,annotations}' as annotations from entity where ref = ${entity}`.execute(
      this.#deps.db,
    );
    for (const host of this.#deps.hosts) {
      const { annotation, api, issues } = dialects[host.kind];
      const slug = rows[0]?.annotations?.[annotation];
      if (slug) return { host, list: `${host.apiUrl ?? api(host.host)}${issues(slug)}` };
    }
    return undefined;
  }

  async #ask(
    { host, token }: HostConfig,
    address: string,
    { method = 'GET', body }: { method?: 'GET' | 'POST' | 'PATCH' | 'PUT'; body?: object } = {},
  ): Promise<unknown> {
    const answer = await this.#deps.fetch(address, {
      method,
      // The configuration names it.
      guarded: false,
      headers: {
        authorization: `Bearer ${token.reveal()}`,
        'content-type': 'application/json',
        accept: 'application/json',
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (answer.status < 300) return JSON.parse(answer.body.toString() || '{}');
    throw new AtriumError(
      'OUTSIDE_UNAVAILABLE',
      `${host} answered with ${answer.status} to ${method} ${new URL(address).pathname}`,
    );
  }
}
