/** Sign-in by OpenID Connect, with any provider that can be discovered. */
import * as oidc from 'openid-client';
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

type Config = Extract<ProviderConfig, { kind: 'oidc' }>;
type Claims = Record<string, unknown>;

export class OidcProvider implements IdentityProvider {
  readonly kind = 'oidc';
  readonly id: string;
  readonly title: string;
  readonly address: string;
  readonly #config: Config;
  readonly #fetch: oidc.CustomFetch;
  #discovered: Promise<oidc.Configuration> | undefined;

  constructor(config: Config, fetch: typeof globalThis.fetch) {
    this.id = config.id;
    this.title = config.title;
    this.address = config.issuer;
    this.#config = config;
    this.#fetch = reaching(fetch);
  }

  begin(callback: URL, { state, nonce, verifier }: Ties): Promise<URL> {
    return asSignIn(async () =>
      oidc.buildAuthorizationUrl(await this.#client(), {
        redirect_uri: callback.href,
        scope: this.#config.scopes.join(' '),
        state,
        nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...this.#strength(),
      }),
    );
  }

  finish(url: URL, { state, nonce, verifier }: Ties): Promise<Identity> {
    return asSignIn(async () => {
      const client = await this.#client();
      const { maxAgeSeconds } = this.#config;
      const tokens = await oidc.authorizationCodeGrant(client, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
        ...(maxAgeSeconds === undefined ? {} : { maxAge: maxAgeSeconds }),
      });
      const claims: Claims = { ...tokens.claims() };
      this.#checkStrength(claims);
      const { userinfo_endpoint } = client.serverMetadata();
      const more: Claims = userinfo_endpoint
        ? await oidc.fetchUserInfo(client, tokens.access_token, String(claims.sub))
        : {};
      return this.#identity({ ...more, ...claims }, tokens.id_token ?? null);
    });
  }

  async leave(back: URL, idToken: string | null): Promise<URL | undefined> {
    const client = await asSignIn(() => this.#client());
    if (!client.serverMetadata().end_session_endpoint) return undefined;
    return oidc.buildEndSessionUrl(client, {
      post_logout_redirect_uri: back.href,
      ...(idToken === null ? {} : { id_token_hint: idToken }),
    });
  }

  /** What the provider is asked for, as parameters of the way there. */
  #strength(): Record<string, string> {
    const { acr, maxAgeSeconds } = this.#config;
    return {
      ...(acr.length === 0 ? {} : { acr_values: acr.join(' ') }),
      ...(maxAgeSeconds === undefined ? {} : { max_age: String(maxAgeSeconds) }),
    };
  }

  /** A provider may answer with less than it was asked for; only what it has signed counts. */
  #checkStrength(claims: Claims): void {
    const wanted = { acr: this.#config.acr, amr: this.#config.amr };
    for (const [claim, accepted] of Object.entries(wanted)) {
      const found = texts(claims[claim]);
      if (accepted.length === 0 || found.some((value) => accepted.includes(value))) continue;
      const told = found.length === 0 ? 'is not told' : `is ${found.join(', ').slice(0, 200)}`;
      throw new AtriumError('SIGN_IN_TOO_WEAK', `${claim} ${told}, and has to be ${accepted.join(' or ')}`);
    }
  }

  #identity(claims: Claims, idToken: string | null): Identity {
    const email = saysNo(claims.email_verified) ? null : text(claims.email);
    this.#checkDomain(claims, email);
    return {
      subject: String(claims.sub),
      login: text(claims.preferred_username),
      email,
      name: text(claims.name),
      groups: texts(claims[this.#config.groupsClaim]),
      idToken,
    };
  }

  /** Where the provider lets in others too, nobody comes in by an address that she was not asked to confirm. */
  #checkDomain(claims: Claims, email: string | null): void {
    const { emailDomains } = this.#config;
    if (emailDomains.length === 0) return;
    const domain = email?.split('@').at(-1)?.toLowerCase() ?? '';
    if (saysYes(claims.email_verified) && emailDomains.includes(domain)) return;
    throw new AtriumError(
      'SIGN_IN_DENIED',
      'The e-mail address is not a verified one of access.signIn’s emailDomains',
    );
  }

  /** Discovered when it is first needed, and again for as long as that fails: a provider may start after us. */
  #client(): Promise<oidc.Configuration> {
    this.#discovered ??= this.#discover().catch((error: unknown) => {
      this.#discovered = undefined;
      throw error;
    });
    return this.#discovered;
  }

  #discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret } = this.#config;
    const url = new URL(issuer);
    // The configuration takes http for providers on this machine only.
    const insecure = url.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];
    return oidc.discovery(url, clientId, undefined, authentication(clientSecret?.reveal()), {
      execute: [oidc.enableNonRepudiationChecks, ...insecure],
      timeout: TIME_LIMIT_SECONDS,
      [oidc.customFetch]: this.#fetch,
    });
  }
}

/** In the way that the provider takes; by the standard that is Basic when it doesn't say. */
function authentication(secret: string | undefined): oidc.ClientAuth {
  if (secret === undefined) return oidc.None();
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = server;
    return (methods.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

/** Some providers send truth as text. */
const saysYes = (claim: unknown) => claim === true || claim === 'true';
const saysNo = (claim: unknown) => claim === false || claim === 'false';

function text(claim: unknown): string | null {
  return typeof claim === 'string' && claim !== '' ? claim : null;
}

function texts(claim: unknown): string[] {
  const values = Array.isArray(claim) ? claim : [claim];
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}
