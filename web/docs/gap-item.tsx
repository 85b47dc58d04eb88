import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { cx } from '#web/kit/cx.ts';
import { EntityPicker } from '#web/kit/entity-picker.tsx';
import { FormEnd } from '#web/kit/form-end.tsx';
import { count } from '#web/kit/format.ts';
import kit from '#web/kit/kit.module.css';
import { docs } from '#web/kit/live.ts';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { PartyLink } from '#web/kit/party.tsx';
import { refName } from '#web/kit/ref.ts';
import { useMay } from '#web/kit/session.ts';
import { Time } from '#web/kit/time.tsx';
import styles from './docs.module.css';
import { changeGap, type DocGap, type GapChange } from './queries.ts';

const text = docsMessages.gaps;
const SHORTEST = 3;

function useChange(gap: DocGap, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: GapChange) => changeGap(gap.id, change),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [docs] });
      onDone();
    },
  });
}

interface FormProps {
  gap: DocGap;
  onDone: () => void;
}

function CloseForm({ gap, onDone }: FormProps) {
  const [why, setWhy] = useState('');
  const closing = useChange(gap, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    closing.mutate({ close: why });
  };
  return (
    <form className={cx(kit.form, styles.gapForm)} aria-label={text.closeTitle(gap.query)} onSubmit={submit}>
      <TextInput
        label={text.why}
        description={text.whyHint}
        required
        minLength={SHORTEST}
        data-autofocus
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <FormEnd submit={text.close} busy={closing.isPending} error={closing.error} onCancel={onDone} />
    </form>
  );
}

function HandOnForm({ gap, onDone }: FormProps) {
  const [owner, setOwner] = useState(gap.owner?.ref);
  const handing = useChange(gap, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (owner) handing.mutate({ owner });
  };
  return (
    <form className={cx(kit.form, styles.gapForm)} aria-label={text.handOnTitle(gap.query)} onSubmit={submit}>
      <EntityPicker label={text.to} kinds={['group', 'user']} value={owner} onPick={setOwner} />
      <FormEnd
        submit={text.handOn}
        busy={handing.isPending}
        disabled={!owner}
        error={handing.error}
        onCancel={onDone}
      />
    </form>
  );
}

function Facts({ gap }: { gap: DocGap }) {
  return (
    <div className={styles.gapFacts}>
      <span>
        {text.owner} {gap.owner ? <PartyLink party={gap.owner} /> : <b>{text.nobody}</b>}
      </span>
      <span>
        {text.searches} {count(gap.searches)}
      </span>
      <span>
        {text.people} {count(gap.people)}
      </span>
      <span>
        {text.last} <Time at={gap.lastAt} />
      </span>
    </div>
  );
}

/** One thing that people look for and that nobody has written down. */
export function GapItem({ gap }: { gap: DocGap }) {
  const [form, setForm] = useState<'close' | 'hand-on'>();
  const mayDecide = useMay('docs.gap.decide') && gap.closed === null;
  const done = () => setForm(undefined);
  return (
    <div className={styles.gap}>
      <div className={styles.gapHead}>
        <span className={styles.gapQuery}>{gap.query}</span>
        <span className={styles.quiet}>{gap.site ? refName(gap.site) : text.everywhere}</span>
        <span className={styles.gapEnd}>
          <ButtonLink to="/docs" search={{ q: gap.query }}>
            {text.again}
          </ButtonLink>
          {mayDecide && <Button onClick={() => setForm('hand-on')}>{text.handOn}</Button>}
          {mayDecide && <Button onClick={() => setForm('close')}>{text.close}</Button>}
        </span>
      </div>
      <Facts gap={gap} />
      {gap.closed && (
        <p className={styles.remedy}>
          “{gap.closed.note}” {text.by} {refName(gap.closed.by)}, <Time at={gap.closed.at} />
        </p>
      )}
      {form === 'close' && <CloseForm gap={gap} onDone={done} />}
      {form === 'hand-on' && <HandOnForm gap={gap} onDone={done} />}
    </div>
  );
}
