import { Link } from '@tanstack/react-router';
import { KindGlyph } from './kind.tsx';
import styles from './kit.module.css';
import { messages } from './messages.ts';
import { entityPath } from './ref.ts';
import { Status } from './status.tsx';

export interface PartyView {
  ref: string;
  title: string;
  exists: boolean;
}

function initialsOf(title: string): string {
  const words = title.split(/[\s._-]+/).filter(Boolean);
  return [words.at(0), words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.charAt(0).toUpperCase() ?? '')
    .join('');
}

export function Initials({ title }: { title: string }) {
  return (
    <span className={styles.initials} aria-hidden="true">
      {initialsOf(title)}
    </span>
  );
}

/** A person or a team, leading to its page; one that no source knows says so. Machines and roles have no page. */
export function PartyLink({ party: { ref, title, exists } }: { party: PartyView }) {
  const isGroup = ref.startsWith('group:');
  const hasPage = isGroup || ref.startsWith('user:');
  return (
    <span className={styles.person}>
      {isGroup ? <KindGlyph kind="Group" /> : <Initials title={title} />}
      {exists ? (
        <Link to={entityPath(ref)} title={ref}>
          {title}
        </Link>
      ) : (
        <>
          <span title={ref}>{title}</span>
          {hasPage && <Status tone="warn">{messages.kit.unknownParty}</Status>}
        </>
      )}
    </span>
  );
}

export function PartyList({ parties }: { parties: readonly PartyView[] }) {
  return (
    <ul>
      {parties.map((party) => (
        <li key={party.ref}>
          <PartyLink party={party} />
        </li>
      ))}
    </ul>
  );
}
