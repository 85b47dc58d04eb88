import { Button } from '@mantine/core';
import styles from './kit.module.css';
import { messages } from './messages.ts';

interface Props {
  submit: string;
  busy: boolean;
  disabled?: boolean;
  error: Error | null;
  onCancel?: () => void;
}

/** What ends a form: what went wrong, the button that sends it, and the way out. */
export function FormEnd({ submit, busy, disabled, error, onCancel }: Props) {
  return (
    <>
      {error && (
        <p className={styles.formError} role="alert">
          {error.message}
          {'remedy' in error && typeof error.remedy === 'string' && ` ${error.remedy}`}
        </p>
      )}
      <div className={styles.formEnd}>
        <Button type="submit" variant="filled" loading={busy} disabled={disabled ?? false}>
          {submit}
        </Button>
        {onCancel && <Button onClick={onCancel}>{messages.kit.cancel}</Button>}
      </div>
    </>
  );
}
