import { Checkbox } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { cx } from '#web/kit/cx.ts';
import { messages } from '#web/kit/messages.ts';
import styles from './actions.module.css';
import type { RunEvent } from './queries.ts';
import layout from './run.module.css';

const text = messages.actions.run;

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

/** What the run says; it stays at its end while it is followed. */
export function RunLog({ events, step }: { events: readonly RunEvent[]; step: string | undefined }) {
  const [follow, setFollow] = useState(true);
  const end = useRef<HTMLDivElement>(null);
  const lines = step === undefined ? events : events.filter((event) => event.step === step);
  const count = lines.length;
  useEffect(() => {
    const box = end.current;
    if (follow && box && count > 0) box.scrollTop = box.scrollHeight;
  }, [follow, count]);
  return (
    <>
      <div className={layout.logTools}>
        <Checkbox
          label={text.follow}
          checked={follow}
          onChange={(event) => setFollow(event.currentTarget.checked)}
        />
      </div>
      <section className={layout.log} ref={end} aria-label={text.log}>
        {count === 0 && <p className={styles.quiet}>{text.noLog}</p>}
        {lines.map((event) => (
          <p
            key={event.id}
            className={cx(event.level === 'error' && styles.bad, event.level === 'warn' && styles.warn)}
          >
            <time dateTime={event.at}>{clock.format(new Date(event.at))}</time> {event.message}
          </p>
        ))}
      </section>
    </>
  );
}
