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
      <EmptyState
        title={text.notFoundHint}
        action={<ButtonLink to="/catalog">{text.toCatalog}</ButtonLink>}
      />
    </>
  );
}

/** Holds the rest of the app up when a page throws. */
export function Crashed({ error }: { error: unknown }) {
  return (
    <>
      <PageHead
        title={text.crashed}
        facts={<span>{error instanceof Error ? error.message : String(error)}</span>}
      />
      <EmptyState
        title={text.crashedHint}
        action={<Button onClick={() => location.reload()}>{text.reload}</Button>}
      />
    </>
  );
}
