import { Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { cx } from '#web/kit/cx.ts';
import { FormEnd } from '#web/kit/form-end.tsx';
import kit from '#web/kit/kit.module.css';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import styles from './ladder.module.css';
import { askExemption } from './queries.ts';
import { useChange } from './use-change.ts';

interface Props {
  entity: string;
  scorecard: string;
  rule: string;
  title: string;
  onDone: () => void;
}

const DAY_MS = 86_400_000;
const USUAL_DAYS = 90;
const SHORTEST_REASON = 10;

const dayIn = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);

/** Asks to be let off from a rule for a time: why, and until when. */
export function ExemptionForm({ entity, scorecard, rule, title, onDone }: Props) {
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState(() => dayIn(USUAL_DAYS));
  const asking = useChange(askExemption, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    asking.mutate({ entity, scorecard, rule, reason, until });
  };
  return (
    <form className={cx(kit.form, styles.ask)} aria-label={text.exemption.askFor(title)} onSubmit={submit}>
      <Textarea
        label={text.exemption.reason}
        description={text.exemption.reasonHint}
        required
        minLength={SHORTEST_REASON}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={text.exemption.until}
        required
        min={dayIn(1)}
        value={until}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
      <FormEnd submit={text.exemption.send} busy={asking.isPending} error={asking.error} onCancel={onDone} />
    </form>
  );
}
