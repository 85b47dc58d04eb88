import type { ProviderConfig } from '../kernel/access-config.ts';
import { GithubProvider } from './sign-in-github.ts';
import { OidcProvider } from './sign-in-oidc.ts';
import type { IdentityProvider } from './sign-in-provider.ts';

/** Those of the configuration, in its order. None of them is asked anything before somebody signs in. */
export function identityProviders(
  configs: readonly ProviderConfig[],
  fetch: typeof globalThis.fetch,
): IdentityProvider[] {
  return configs.map((config) =>
    config.kind === 'github' ? new GithubProvider(config, fetch) : new OidcProvider(config, fetch),
  );
}
