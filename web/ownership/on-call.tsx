import { CalendarDays } from 'lucide-react';
import type { OnCall } from '#server/ownership/contract.ts';
import { momentOf } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import { Status } from '#web/kit/status.tsx';
import styles from './ownership.module.css';

const text = messages.ownership.onCall;

function Shift({ label, shift }: { label: string; shift: NonNullable<OnCall['now']> }) {
  return (
    <li className={styles.shift}>
      <span className={styles.quiet}>{label}</span>
      <PartyLink party={shift.person} />
      {shift.override && <span className={styles.quiet}>{text.override}</span>}
      <time dateTime={shift.until} className={styles.end}>
        {messages.ownership.until} {momentOf(shift.until)}
      </time>
    </li>
  );
}

/** Who is on call for a team now, and next. */
export function OnCallSection({ onCall }: { onCall: OnCall }) {
  const feed = onCall.calendar && (
    <a href={onCall.calendar} className={styles.feed}>
      <CalendarDays size={14} aria-hidden="true" /> {text.calendar}
    </a>
  );
  return (
    <Section title={text.title} more={feed}>
      {onCall.problems.map((problem) => (
        <p key={problem}>
          <Status tone="bad">{problem}</Status>
        </p>
      ))}
      {onCall.now ? (
        <ul>
          <Shift label={text.now} shift={onCall.now} />
          {onCall.next.map((shift) => (
            <Shift key={shift.from} label={text.next} shift={shift} />
          ))}
        </ul>
      ) : (
        <p className={styles.quiet}>
          {text.none}. {text.noneHint}
        </p>
      )}
    </Section>
  );
}
