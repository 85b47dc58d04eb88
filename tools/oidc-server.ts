/** A certified OpenID Connect server on this machine, with accounts and groups, for the tests of sign-in. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type Configuration, type KoaContextWithOIDC, Provider } from 'oidc-provider';

export interface OidcAccount {
  email?: string;
  email_verified?: boolean;
  name?: string;
  preferred_username?: string;
  groups?: string[];
  /** How she signs in, as the provider tells it. */
  acr?: string;
  amr?: string[];
}

export interface OidcServerOptions {
  clientId: string;
  clientSecret: string;
  /** Where the portal takes people back, and where they go after they have signed out. */
  callbacks: string[];
  leaveTo?: string[];
  /** By subject; may change while the server runs. */
  accounts: Record<string, OidcAccount>;
}

export interface OidcServer {
  issuer: string;
  stop(): Promise<void>;
}

/** Its one page asks for the name of an account; consent is given without asking. */
export async function startOidcServer(options: OidcServerOptions): Promise<OidcServer> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, configuration(options));
  const handle = provider.callback();
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    if (request.url?.startsWith('/interaction/'))
      void interact(provider, options.accounts, request, response);
    else void handle(request, response);
  });
  return { issuer, stop: () => stop(server) };
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function configuration({
  clientId,
  clientSecret,
  callbacks,
  leaveTo = [],
  accounts,
}: OidcServerOptions): Configuration {
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: callbacks,
        post_logout_redirect_uris: leaveTo,
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    acrValues: ['one', 'two'],
    scopes: ['openid', 'profile', 'email'],
    claims: {
      openid: ['sub', 'amr'],
      profile: ['name', 'preferred_username', 'groups'],
      email: ['email', 'email_verified'],
    },
    findAccount: (_context, sub) =>
      accounts[sub] && {
        accountId: sub,
        claims: async () => ({ sub, ...accounts[sub], acr: undefined, amr: undefined }),
      },
    loadExistingGrant: consent,
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: leave },
    },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
    pkce: { required: () => true },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    jwks: {
      keys: [generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })],
    },
  };
}

async function consent({ oidc: { provider, client, session } }: KoaContextWithOIDC) {
  const clientId = client?.clientId ?? '';
  const known = session?.grantIdFor(clientId);
  const given = known === undefined ? undefined : await provider.Grant.find(known);
  if (given) return given;
  const grant = new provider.Grant({ accountId: session?.accountId ?? '', clientId });
  grant.addOIDCScope('openid profile email');
  await grant.save();
  return grant;
}

async function interact(
  provider: Provider,
  accounts: OidcServerOptions['accounts'],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method === 'POST') {
      const login = new URLSearchParams(await text(request)).get('login') ?? '';
      const { acr, amr } = accounts[login] ?? {};
      const how = { ...(acr && { acr }), ...(amr && { amr }) };
      const result = login === '' ? { error: 'access_denied' } : { login: { accountId: login, ...how } };
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    } else {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><title>Company sign-in</title><form method="post">
        <label>Account <input name="login" autofocus></label><button>Continue</button></form>`);
    }
  } catch (error) {
    response.statusCode = 500;
    response.end(String(error));
  }
}

async function leave(context: KoaContextWithOIDC, form: string): Promise<void> {
  const confirmed = form.replace(
    '</form>',
    '<input type="hidden" name="logout" value="yes"><button>Sign out</button></form>',
  );
  context.body = `<!doctype html><title>Sign out</title>${confirmed}`;
}
