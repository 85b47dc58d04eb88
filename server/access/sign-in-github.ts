/** Sign-in by GitHub, which speaks OAuth and has an API of its own for who somebody is. */
import * as oauth from 'openid-client';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { ProviderConfig } from '../kernel/access-config.ts';
import {
  asSignIn,
  type Identity,
  type IdentityProvider,
  reaching,
  TIME_LIMIT_SECONDS,
  type Ties,
} from './sign-in-provider.ts';

type Config = Extract<ProviderConfig, { kind: 'github' }>;

const userSchema = z.object({ id: z.number(), login: z.string(), name: z.string().nullish() });
const emailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));
const organizationsSchema = z.array(z.object({ login: z.string() }));
const teamsSchema = z.array(z.object({ slug: z.string(), organization: z.object({ login: z.string() }) }));
type Team = z.infer<typeof teamsSchema>[number];

/** To see who it is, her e-mail addresses, and in which organizations and teams. */
const SCOPES = 'read:user user:email read:org';
const PER_PAGE = 100;
const MOST_PAGES = 10;

export class GithubProvider implements IdentityProvider {
  readonly kind = 'github';
  readonly id: string;
  readonly title: string;
  readonly address: string;
  readonly #organizations: ReadonlySet<string>;
  readonly #api: string;
  readonly #client: oauth.Configuration;

  constructor(
    { id, title, url, clientId, clientSecret, organizations }: Config,
    fetch: typeof globalThis.fetch,
  ) {
    this.id = id;
    this.title = title;
    this.address = url;
    this.#organizations = new Set(organizations.map((name) => name.toLowerCase()));
    const { origin, protocol } = new URL(url);
    this.#api = origin === 'https://github.com' ? 'https://api.github.com' : `${origin}/api/v3`;
    const issuer = `${origin}/login/oauth`;
    const server = {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/access_token`,
    };
    const secret = oauth.ClientSecretPost(clientSecret.reveal());
    this.#client = new oauth.Configuration(server, clientId, undefined, secret);
    this.#client[oauth.customFetch] = reaching(fetch);
    this.#client.timeout = TIME_LIMIT_SECONDS;
    // The configuration takes http for this machine only.
    if (protocol === 'http:') oauth.allowInsecureRequests(this.#client);
  }

  begin(callback: URL, { state, verifier }: Ties): Promise<URL> {
    return asSignIn(async () =>
      oauth.buildAuthorizationUrl(this.#client, {
        redirect_uri: callback.href,
        scope: SCOPES,
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }),
    );
  }

  finish(url: URL, { state, verifier }: Ties): Promise<Identity> {
    return asSignIn(async () => {
      const checks = { expectedState: state, pkceCodeVerifier: verifier };
      const { access_token: token } = await oauth.authorizationCodeGrant(this.#client, url, checks);
      const { id, login, name } = userSchema.parse(await this.#get(token, '/user'));
      await this.#checkOrganization(token);
      const emails = emailsSchema.parse((await this.#get(token, '/user/emails')) ?? []);
      const teams = (await this.#all(token, '/user/teams', teamsSchema)).filter((team) => this.#counts(team));
      return {
        subject: String(id),
        login,
        email: emails.find(({ primary, verified }) => primary && verified)?.email ?? null,
        name: name ?? null,
        groups: teams.map((team) => this.#groupOf(team)),
        idToken: null,
      };
    });
  }

  /** GitHub offers nothing by which an application could end its session. */
  async leave(): Promise<undefined> {
    return undefined;
  }

  async #checkOrganization(token: string): Promise<void> {
    if (this.#organizations.size === 0) return;
    const organizations = await this.#all(token, '/user/orgs', organizationsSchema);
    if (organizations.some(({ login }) => this.#organizations.has(login.toLowerCase()))) return;
    throw new AtriumError('SIGN_IN_DENIED', 'The account is in none of the organizations of access.signIn');
  }

  #counts({ organization }: Team): boolean {
    return this.#organizations.size === 0 || this.#organizations.has(organization.login.toLowerCase());
  }

  /** Two organizations may have teams of one name, so it takes both to tell them apart. */
  #groupOf({ slug, organization }: Team): string {
    return this.#organizations.size === 1 ? slug : `${organization.login.toLowerCase()}.${slug}`;
  }

  async #all<T>(token: string, path: string, schema: z.ZodType<T[]>): Promise<T[]> {
    const all: T[] = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const answer = await this.#get(token, `${path}?per_page=${PER_PAGE}&page=${page}`);
      const items = schema.parse(answer ?? []);
      all.push(...items);
      if (items.length < PER_PAGE) break;
    }
    return all;
  }

  /** @returns undefined for what the person's consent or the organization keeps from us. */
  async #get(token: string, path: string): Promise<unknown> {
    const headers = new Headers({ accept: 'application/vnd.github+json' });
    const url = new URL(this.#api + path);
    const response = await oauth.fetchProtectedResource(this.#client, token, url, 'GET', null, headers);
    if (response.status === 403 || response.status === 404) return undefined;
    if (!response.ok) throw new AtriumError('SIGN_IN_FAILED', `${path} answered ${response.status}`);
    return response.json();
  }
}
