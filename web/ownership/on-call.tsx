import { CalendarDays } from 'lucide-react';
import type { OnCall } from '#server/ownership/contract.ts';
import { momentOf } from '#web/kit/format.ts';
import { mailHref, safeHref } from '#web/kit/href.ts';
import { messages } from '#web/kit/messages.ts';
import { Section } from '#web/kit/page-head.tsx';
import { PartyLink } from '#web/kit/party.tsx';
import { Status } from '#web/kit/status.tsx';
import styles from './ownership.module.css';

const text = messages.ownership.onCall;

function Until({ until }: { until: string | null }) {
  if (!until) return null;
  return (
    <time dateTime={until} className={styles.end}>
      {messages.ownership.until} {momentOf(until)}
    </time>
  );
}

function Shift({ label, shift }: { label: string; shift: NonNullable<OnCall['now']> }) {
  return (
    <li className={styles.shift}>
      <span className={styles.quiet}>{label}</span>
      <PartyLink party={shift.person} />
      {shift.override && <span className={styles.quiet}>{text.override}</span>}
      <Until until={shift.until} />
    </li>
  );
}

/** What an outside system says: everybody whom it names, level by level, and where it says so. */
function Observed({ observed: { system, people } }: { observed: NonNullable<OnCall['observed']> }) {
  return (
    <ul>
      {people.map(({ person, level, until, plan }, index) => {
        const place = `${system}, ${text.plans[plan.kind]} ${plan.name}`;
        const href = safeHref(plan.link ?? undefined);
        const mail = person.exists ? undefined : mailHref(person.email);
        return (
          <li key={person.ref} className={styles.shift}>
            <span className={styles.quiet}>{index === 0 ? text.now : text.level(level)}</span>
            <PartyLink party={person} />
            {mail && <a href={mail}>{person.email}</a>}
            <span className={styles.quiet}>{href ? <a href={href}>{place}</a> : place}</span>
            <Until until={until} />
          </li>
        );
      })}
    </ul>
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
      {onCall.observed && <Observed observed={onCall.observed} />}
      {!onCall.observed && onCall.now && (
        <ul>
          <Shift label={text.now} shift={onCall.now} />
          {onCall.next.map((shift) => (
            <Shift key={shift.from} label={text.next} shift={shift} />
          ))}
        </ul>
      )}
      {!onCall.now && (
        <p className={styles.quiet}>
          {text.none}. {text.noneHint}
        </p>
      )}
    </Section>
  );
}
