/** Keeps pages of other sites from changing anything with the credentials of whoever looks at them. */
import type { FastifyRequest } from 'fastify';
import { AtriumError } from '#model/errors.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * @param origin of the portal, as browsers name it.
 * @param byCookie the request has a cookie that says who sends it, so it must come from a browser, and a browser says
 *   from where.
 * @throws {AtriumError} CROSS_SITE_REFUSED
 */
export function refuseCrossSite(request: FastifyRequest, origin: () => string, byCookie: boolean): void {
  const { method, headers } = request;
  if (READING.has(method)) return;
  const { 'sec-fetch-site': site, origin: from } = headers;
  // `none` is what a person does herself, outside of any page.
  if (site !== undefined && site !== 'same-origin' && site !== 'none') refuse(request, `from a ${site} page`);
  else if (site === undefined && from !== undefined && from !== origin()) refuse(request, `from ${from}`);
  else if (site === undefined && from === undefined && byCookie) {
    refuse(request, 'with a cookie and without saying from where');
  }
}

/**
 * Whether a page of the portal itself led here, and not a link of another site, a bookmark or a program.
 * @param origin of the portal, as browsers name it.
 */
export function isFromOwnPage({ headers }: FastifyRequest, origin: string): boolean {
  const { 'sec-fetch-site': site, referer } = headers;
  return site === undefined ? URL.parse(referer ?? '')?.origin === origin : site === 'same-origin';
}

function refuse(request: FastifyRequest, how: string): never {
  const reason = `${request.method} was sent ${how}`.slice(0, 200);
  request.auditDetail = { after: { reason } };
  throw new AtriumError('CROSS_SITE_REFUSED', reason);
}
