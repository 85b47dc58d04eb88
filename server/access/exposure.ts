/** Who can reach the portal, and in clear: what it refuses rather than be open to those whom nobody meant. */
import type { FastifyInstance } from 'fastify';
import { AtriumError } from '#model/errors.ts';
import type { AccessConfig } from '../kernel/access-config.ts';
import type { TlsFiles } from '../kernel/https.ts';
import { isLoopback, isLoopbackAuthority } from '../kernel/loopback.ts';

/** What of the configuration says it. */
export interface Exposure {
  host: string;
  tls?: TlsFiles | undefined;
  access: AccessConfig;
}

/**
 * Where the portal may listen.
 * @throws {AtriumError} LOCAL_MODE_EXPOSED, CONFIG_INVALID, PLAIN_HTTP_EXPOSED
 */
export function checkExposure({ host, tls, access }: Exposure): void {
  if (isLoopback(host)) return;
  if (access.signIn.length === 0) {
    throw new AtriumError(
      'LOCAL_MODE_EXPOSED',
      `Nobody has to sign in, so the portal does not listen on ${host}`,
    );
  }
  if (access.url === undefined) {
    throw new AtriumError(
      'CONFIG_INVALID',
      `Listening on ${host} needs access.url, by which people reach the portal`,
    );
  }
  if (!tls && !access.trustProxy) {
    throw new AtriumError(
      'PLAIN_HTTP_EXPOSED',
      `Everybody on the way could read along, so the portal does not speak plain HTTP on ${host}`,
    );
  }
}

/** The hooks that hold every request to what the configuration means. To be called before routes are registered. */
export function refuseExposed(app: FastifyInstance, { tls, access }: Exposure): void {
  // Under another name than its own the portal is only asked when a name was made to lead here.
  if (access.url === undefined) refuseForeignHosts(app);
  else if (!tls && access.trustProxy) refuseAroundProxy(app, access.url);
}

/**
 * Refuses requests that name another host than this machine. A page of another site can have its own name lead
 * here; to the browser the portal would then be a part of that site.
 */
function refuseForeignHosts(app: FastifyInstance): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { host } = request.headers;
    if (isLoopbackAuthority(host)) done();
    else
      done(new AtriumError('HOST_REFUSED', `The portal is for this machine alone, and was asked as ${host}`));
  });
}

/** Refuses what comes from elsewhere in clear, and not by the proxy, which says for whom it asks. */
function refuseAroundProxy(app: FastifyInstance, url: string): void {
  app.addHook('onRequest', ({ headers, socket, url: path }, _reply, done) => {
    const byProxy = headers['x-forwarded-for'] !== undefined;
    // Pages hold nothing that is anybody's, and who looks whether the portal lives asks for them.
    if (byProxy || !path.startsWith('/api/') || isLoopback(socket.remoteAddress ?? '')) done();
    else done(new AtriumError('HTTPS_NEEDED', `The portal is at ${url}, and was asked in clear`));
  });
}
