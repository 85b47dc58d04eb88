import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { Session } from '#server/access/contract.ts';
import { messages } from '#web/kit/messages.ts';
import { EmptyState } from '#web/kit/states.tsx';
import { useUrl } from '#web/kit/url.ts';
import styles from './access.module.css';

const text = messages.access;

/** By the error's code, as the server puts it into the address. */
const errorTexts: Record<string, string> = {
  SIGN_IN_DENIED: text.signInErrors.denied,
  SIGN_IN_TOO_WEAK: text.signInErrors.tooWeak,
  SIGN_IN_UNAVAILABLE: text.signInErrors.unavailable,
  SIGN_IN_EXPIRED: text.signInErrors.expired,
  TOO_MANY_REQUESTS: text.signInErrors.tooMany,
};

/** Where to go after signing in: where she was, never to another site. */
function wanted(): string {
  const { pathname, search } = location;
  return pathname === '/sign-in' ? '/' : pathname + search;
}

/** Whoever is signed in already goes on to where the address leads, in the portal. */
export function SignedIn() {
  const to = useUrl().one('to') ?? '/';
  useEffect(() => {
    const url = URL.parse(to, location.origin);
    location.replace(url?.origin === location.origin ? url.href : '/');
  }, [to]);
  return null;
}

export function SignInPage({ session }: { session: Session }) {
  const url = useUrl();
  const code = url.one('error');
  const to = url.one('to') ?? wanted();
  useEffect(() => {
    document.title = `${text.signIn} · Atrium`;
  }, []);
  return (
    <main className={styles.signInPage} id="main" tabIndex={-1}>
      <div className={styles.signInBox}>
        <i className={styles.mark} aria-hidden="true" />
        <h1>{text.signInTitle}</h1>
        {code && (
          <p role="alert" className={styles.bad}>
            {errorTexts[code] ?? text.signInErrors.other}
          </p>
        )}
        {session.providers.length === 0 ? (
          <EmptyState title={text.noProviders} hint={text.noProvidersHint} />
        ) : (
          <>
            <p className={styles.quiet}>{text.signInHint}</p>
            {session.providers.map((provider) => (
              <Button
                key={provider.id}
                component="a"
                href={`/api/sign-in/${encodeURIComponent(provider.id)}?to=${encodeURIComponent(to)}`}
                variant="filled"
                h={40}
              >
                {text.continueWith(provider.title)}
              </Button>
            ))}
          </>
        )}
      </div>
    </main>
  );
}
