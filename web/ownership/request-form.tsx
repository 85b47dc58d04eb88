import { NativeSelect, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Party } from '#server/ownership/contract.ts';
import { EntityPicker } from '#web/kit/entity-picker.tsx';
import { FormEnd } from '#web/kit/form-end.tsx';
import kit from '#web/kit/kit.module.css';
import { messages } from '#web/kit/messages.ts';
import { askForOwnership } from './queries.ts';
import { useChange } from './use-change.ts';

const text = messages.ownership;

interface Props {
  entityRef: string;
  title: string;
  owned: boolean;
  /** Teams of whoever asks. */
  claimableFor: readonly Party[];
  onDone: () => void;
}

/** Asks for the ownership of a thing: for a team of one's own, or, where it has an owner, for anybody. */
export function RequestForm({ entityRef, title, owned, claimableFor, onDone }: Props) {
  const [to, setTo] = useState(claimableFor[0]?.ref ?? '');
  const [reason, setReason] = useState('');
  const asking = useChange(askForOwnership, onDone);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    asking.mutate({ entity: entityRef, to, reason });
  };
  const label = owned ? text.transferTitle(title) : text.claimTitle(title);
  return (
    <form className={kit.form} aria-label={label} onSubmit={submit}>
      {!owned && claimableFor.length > 0 ? (
        <NativeSelect
          label={text.claimFor}
          value={to}
          data={claimableFor.map((party) => ({ value: party.ref, label: party.title }))}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
      ) : (
        <EntityPicker
          label={text.newOwner}
          value={to || undefined}
          kinds={['Group', 'User']}
          onPick={setTo}
        />
      )}
      <Textarea
        label={text.reason}
        description={text.reasonHint}
        required
        minLength={3}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormEnd
        submit={text.send}
        busy={asking.isPending}
        disabled={to === ''}
        error={asking.error}
        onCancel={onDone}
      />
    </form>
  );
}
