import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
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
        action={
          <Button component={Link} to="/catalog">
            {text.toCatalog}
          </Button>
        }
      />
    </>
  );
}

/** Holds the rest of the app up when a page throws. */
export function Crashed({ error }: { error: Error }) {
  return (
    <>
      <PageHead title={text.crashed} facts={<span>{error.message}</span>} />
      <EmptyState title={text.crashedHint} action={<Button onClick={() => location.reload()}>{text.reload}</Button>} />
    </>
  );
}
