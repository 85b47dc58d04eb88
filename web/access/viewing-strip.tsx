import { Button } from '@mantine/core';
import { Eye } from 'lucide-react';
import type { Session } from '#server/access/contract.ts';
import { messages } from '#web/kit/messages.ts';
import styles from './access.module.css';
import { useViewAs } from './use-leave.ts';

/** Says on every page that somebody looks through another person's eyes. */
export function ViewingStrip({ session }: { session: Session }) {
  const viewing = useViewAs();
  if (!session.viewingAs) return null;
  return (
    <div className={styles.viewing} role="status">
      <Eye size={15} aria-hidden="true" />
      <span>{messages.access.viewingAs(session.principal.name)}</span>
      <Button h={26} onClick={() => viewing.mutate(null)}>
        {messages.access.backToSelf}
      </Button>
    </div>
  );
}
