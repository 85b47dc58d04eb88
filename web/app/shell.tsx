import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { Session } from '#server/access/contract.ts';
import { SignedIn, SignInPage } from '#web/access/sign-in-page.tsx';
import { ViewingStrip } from '#web/access/viewing-strip.tsx';
import { messages } from '#web/kit/messages.ts';
import { keepApart, wasSignedIn } from '#web/kit/personal.ts';
import { sessionQuery } from '#web/kit/session.ts';
import { SkeletonRows } from '#web/kit/states.tsx';
import { sourcesQuery } from '#web/sources/queries.ts';
import { OfflineNotice, ReadingStrip } from './notices.tsx';
import { Rail } from './rail.tsx';
import styles from './shell.module.css';
import { TopBar } from './top-bar.tsx';
import { useLive } from './use-live.ts';

const Palette = lazy(() => import('./palette/palette.tsx').then((module) => ({ default: module.Palette })));

const typing = 'input, textarea, select, [contenteditable]';

function usePaletteKey(open: () => void) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const slash = event.key === '/' && !(event.target as HTMLElement).matches(typing);
      if (((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') || slash) {
        event.preventDefault();
        open();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [open]);
}

/** What a page shows and a browser keeps goes with the session, and never to somebody else. */
function useOwnPage(session: Session | undefined) {
  useEffect(() => {
    if (session && keepApart(session)) location.reload();
  }, [session]);
}

/** After a change of page, the keyboard starts at the new content, as it would with whole pages. */
function useFocusOnNavigation(main: React.RefObject<HTMLElement | null>) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = useRef(path);
  useEffect(() => {
    if (first.current === path) return;
    first.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path, main]);
}

/** Who looks is known first: whoever may not look would be refused many times by opening one page. */
export function Shell() {
  const asked = useQuery(sessionQuery());
  const session = asked.data;
  const path = useRouterState({ select: (state) => state.location.pathname });
  useOwnPage(session);
  if (asked.isPending && !wasSignedIn()) return <div className={styles.app} />;
  if (session && !session.signedIn && (path === '/sign-in' || !mayRead(session))) {
    return <SignInPage session={session} />;
  }
  if (session?.signedIn && path === '/sign-in') return <SignedIn />;
  return <Frame session={session} />;
}

function mayRead(session: Session | undefined): boolean {
  return session?.may.includes('catalog.entity.read') ?? false;
}

/** What is around every page. */
function Frame({ session }: { session: Session | undefined }) {
  const [searching, setSearching] = useState(false);
  const main = useRef<HTMLElement>(null);
  const open = useCallback(() => setSearching(true), []);
  const connected = useLive(mayRead(session));
  const sources = useQuery(sourcesQuery());
  usePaletteKey(open);
  useFocusOnNavigation(main);
  return (
    <div className={styles.app}>
      <a className={styles.skip} href="#main">
        {messages.shell.skip}
      </a>
      <Rail sources={sources.data} />
      <div className={styles.column}>
        <TopBar onSearch={open} sample={sources.data?.sample ?? false} session={session} />
        {session && <ViewingStrip session={session} />}
        {!connected && <OfflineNotice />}
        {sources.data && !sources.data.ready && <ReadingStrip sources={sources.data} />}
        <main id="main" ref={main} tabIndex={-1} className={styles.main}>
          <Suspense fallback={<SkeletonRows />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      {searching && (
        <Suspense fallback={null}>
          <Palette onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </div>
  );
}
