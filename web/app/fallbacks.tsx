import { Button } from '@mantine/core';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { PageHead } from '#web/kit/page-head.tsx';
import { EmptyState } from '#web/kit/states.tsx';

const text = messages.shell;

export function NotFound() {
  return (
    <>
      <PageHead title={text.notFound} />
      <EmptyState hint={text.notFoundHint} action={<ButtonLink to="/catalog">{text.toCatalog}</ButtonLink>} />
    </>
  );
}

/** What browsers and the bundler say when a part of the app cannot be fetched. */
const unfetched = /dynamically imported module|Importing a module script|Unable to preload/i;

/** Holds the rest of the app up when a page throws, or cannot be fetched while the server is away. */
export function Crashed({ error }: { error: unknown }) {
  const message = error instanceof Error ? error.message : String(error);
  const missing = unfetched.test(message);
  return (
    <>
      <PageHead title={missing ? text.unfetched : text.crashed} facts={!missing && <span>{message}</span>} />
      <EmptyState
        hint={missing ? text.unfetchedHint : text.crashedHint}
        action={<Button onClick={() => location.reload()}>{text.reload}</Button>}
      />
    </>
  );
}
