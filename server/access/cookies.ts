/** The cookies of the portal. Browsers send them to no other site's pages, and scripts can't read them. */
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

export interface CookieNames {
  /** Holds a session's secret. */
  session: string;
  /** Ties a sign-in to the browser that began it. */
  browser: string;
  /** In local mode: as whom the portal is looked at. */
  viewAs: string;
}

export class Cookies {
  readonly names: CookieNames;
  readonly #options: CookieSerializeOptions;

  /** @param secure the portal is reached by https; without it only on this machine. */
  constructor(secure: boolean) {
    // The prefix keeps other hosts of the same domain from planting one, and is only taken over https.
    const prefix = secure ? '__Host-' : '';
    this.names = {
      session: `${prefix}atrium`,
      browser: `${prefix}atrium-sign-in`,
      viewAs: `${prefix}atrium-view-as`,
    };
    // Lax: links from other sites lead in signed in, and the way back from the provider is such a link.
    this.#options = { path: '/', httpOnly: true, sameSite: 'lax', secure };
  }

  get(request: FastifyRequest, name: keyof CookieNames): string | undefined {
    return request.cookies[this.names[name]];
  }

  /** @param seconds for which the browser keeps it; until it is closed when absent. */
  set(reply: FastifyReply, name: keyof CookieNames, value: string, seconds?: number): void {
    const maxAge = seconds === undefined ? {} : { maxAge: Math.floor(seconds) };
    reply.setCookie(this.names[name], value, { ...this.#options, ...maxAge });
  }

  clear(reply: FastifyReply, name: keyof CookieNames): void {
    reply.clearCookie(this.names[name], this.#options);
  }
}
