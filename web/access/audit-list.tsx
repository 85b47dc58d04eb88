import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { messages } from '#web/kit/messages.ts';
import { entityPath, refName } from '#web/kit/ref.ts';
import { Status, type Tone } from '#web/kit/status.tsx';
import { Time } from '#web/kit/time.tsx';
import styles from './access.module.css';
import type { AuditEntry } from './queries.ts';

const text = messages.access.audit;
const tones: Record<AuditEntry['outcome'], Tone> = { done: 'good', refused: 'bad', failed: 'warn' };

const longId = /^([a-z]+:[\da-f]{8})-[\da-f-]{27}$/;

/** A ref leads to its page; what is not an entity is only named, by the beginning of an id that nobody reads. */
function Target({ target }: { target: string | null }) {
  if (!target) return null;
  if (/^[a-z]+:[\w.-]+\//.test(target)) return <Link to={entityPath(target)}>{refName(target)}</Link>;
  const [, beginning] = longId.exec(target) ?? [];
  return beginning ? <span title={target}>{beginning}…</span> : target;
}

function Details({ entry }: { entry: AuditEntry }) {
  const values = [
    ['before', entry.before],
    ['after', entry.after],
  ] as const;
  return (
    <div className={styles.auditDetails}>
      {values.map(
        ([side, value]) =>
          value !== null &&
          value !== undefined && (
            <figure key={side}>
              <figcaption>{text[side]}</figcaption>
              <pre>{JSON.stringify(value, null, 2)}</pre>
            </figure>
          ),
      )}
      <p className={styles.quiet}>
        {text.hash} <code>{entry.hash}</code>
      </p>
    </div>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  const [open, setOpen] = useState(false);
  const id = `audit-${entry.seq}`;
  return (
    <li className={styles.auditEntry}>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        aria-label={text.details(entry.seq)}
        onClick={() => setOpen(!open)}
      >
        <ChevronRight size={14} aria-hidden="true" data-open={open} />
      </button>
      <span className={styles.auditWhen}>
        <Time at={entry.at} />
      </span>
      <span className={styles.auditWho}>
        {entry.actor.startsWith('user:') ? (
          <Link to={entityPath(entry.actor)}>{refName(entry.actor)}</Link>
        ) : (
          entry.actor
        )}
        {entry.behind && <span className={styles.quiet}> {text.behind(entry.behind)}</span>}
      </span>
      <code className={styles.auditAction}>{entry.action}</code>
      <span className={styles.auditTarget}>
        <Target target={entry.target} />
      </span>
      <span className={styles.quiet}>{entry.address}</span>
      <span className={styles.auditOutcome}>
        <Status tone={tones[entry.outcome]}>{text.outcomes[entry.outcome]}</Status>
      </span>
      <div id={id} className={styles.auditMore} hidden={!open}>
        {open && <Details entry={entry} />}
      </div>
    </li>
  );
}

export function AuditList({ entries }: { entries: readonly AuditEntry[] }) {
  return (
    <ul className={styles.audit}>
      {entries.map((entry) => (
        <Entry key={entry.seq} entry={entry} />
      ))}
    </ul>
  );
}
