import { WifiOff } from 'lucide-react';
import { messages } from '#web/kit/messages.ts';
import type { Sources } from '#web/sources/queries.ts';
import styles from './notices.module.css';

const text = messages.shell;

export function OfflineNotice() {
  return (
    <div className={styles.notice} role="status">
      <WifiOff size={16} aria-hidden="true" />
      {text.offline}
    </div>
  );
}

/** Shown while sources are read for the first time; the page below is in use meanwhile. */
export function ReadingStrip({ sources }: { sources: Sources }) {
  const reading = sources.sources.filter(
    (source) => source.state === 'reading' || source.state === 'waiting',
  );
  const done = reading.reduce((sum, source) => sum + (source.progress?.done ?? 0), 0);
  const totals = reading.map((source) => source.progress?.total ?? null);
  const total = totals.includes(null) ? null : totals.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  const current = reading.find((source) => source.progress?.current)?.progress?.current;
  return (
    <div className={styles.strip} role="status">
      <progress aria-label={text.reading} {...(total ? { value: done, max: total } : {})} />
      <span className={styles.stripText}>
        <b>{text.reading}</b> {text.readingOf(done, total)}
        {current && <code> {current}</code>}
      </span>
      <span className={styles.stripHint}>{text.readingHint}</span>
    </div>
  );
}
