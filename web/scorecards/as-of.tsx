import { Button, TextInput } from '@mantine/core';
import { dateOf } from '#web/kit/format.ts';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { useUrl } from '#web/kit/url.ts';
import styles from './scorecards.module.css';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The day of the address at whose end things are looked at; undefined for now. */
export function useAt(): string | undefined {
  const at = useUrl().one('at');
  return at && DAY.test(at) ? at : undefined;
}

/** Chooses that day. */
export function AsOf() {
  const url = useUrl();
  const at = useAt();
  return (
    <div className={styles.asOf}>
      <TextInput
        type="date"
        label={text.asOf.label}
        max={new Date().toISOString().slice(0, 10)}
        value={at ?? ''}
        onChange={(event) => url.set({ at: event.currentTarget.value || undefined, offset: undefined })}
      />
      {at && (
        <Button onClick={() => url.set({ at: undefined, offset: undefined }, { push: true })}>
          {text.asOf.now}
        </Button>
      )}
      {at && (
        <p className={styles.then} role="status">
          {text.asOf.shown(dateOf(at))}
        </p>
      )}
    </div>
  );
}
