import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { EntityPicker } from '#web/kit/entity-picker.tsx';
import { FormEnd } from '#web/kit/form-end.tsx';
import kit from '#web/kit/kit.module.css';
import { messages } from '#web/kit/messages.ts';
import { addDebt, changeDebt, type Debt, removeDebt } from './queries.ts';
import { useChange } from './use-change.ts';

const text = messages.ownership.debt;

interface Props {
  /** The item to change; a new one without it. */
  debt: Debt | undefined;
  /** The thing that a new one is about. */
  entity: string | undefined;
  onDone: () => void;
}

interface Draft {
  entity: string;
  title: string;
  detail: string;
  costDays: string;
  interestDays: string;
  owner: string;
  due: string;
  issue: string;
  state: Debt['state'];
}

function draftOf(debt: Debt | undefined, entity: string | undefined): Draft {
  return {
    entity: debt?.entity ?? entity ?? '',
    title: debt?.title ?? '',
    detail: debt?.detail ?? '',
    costDays: String(debt?.costDays ?? ''),
    interestDays: String(debt?.interestDays ?? ''),
    owner: debt?.owner?.ref ?? '',
    due: debt?.due ?? '',
    issue: debt?.issue ?? '',
    state: debt?.state ?? 'open',
  };
}

function bodyOf(draft: Draft) {
  return {
    title: draft.title,
    detail: draft.detail,
    costDays: Number(draft.costDays),
    interestDays: Number(draft.interestDays || 0),
    owner: draft.owner || null,
    due: draft.due || null,
    issue: draft.issue || null,
  };
}

type Field = (name: 'costDays' | 'interestDays') => {
  value: string;
  onChange: (event: { currentTarget: { value: string } }) => void;
};

/** What it takes to be rid of it, and what it takes to live with it. */
function Cost({ field }: { field: Field }) {
  const days = { type: 'number', min: 0, step: 'any' };
  return (
    <div className={kit.formRow}>
      <TextInput label={text.costDays} {...days} max={1000} required {...field('costDays')} />
      <TextInput label={text.interestDays} {...days} max={100} {...field('interestDays')} />
    </div>
  );
}

function Remove({ id, onDone }: { id: string; onDone: () => void }) {
  const removing = useChange(removeDebt, onDone);
  return (
    <Button loading={removing.isPending} onClick={() => removing.mutate(id)}>
      {text.remove}
    </Button>
  );
}

export function DebtForm({ debt, entity, onDone }: Props) {
  const [draft, setDraft] = useState(() => draftOf(debt, entity));
  const saving = useChange(
    () =>
      debt
        ? changeDebt(debt.id, { ...bodyOf(draft), state: draft.state })
        : addDebt({ ...bodyOf(draft), entity: draft.entity }),
    onDone,
  );
  const set = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }));
  const field = (name: 'title' | 'costDays' | 'interestDays' | 'due' | 'issue') => ({
    value: draft[name],
    onChange: (event: { currentTarget: { value: string } }) => set({ [name]: event.currentTarget.value }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate(undefined);
  };
  return (
    <form className={kit.form} aria-label={debt ? text.edit : text.add} onSubmit={submit}>
      <TextInput label={text.item} required minLength={3} maxLength={200} {...field('title')} />
      {!debt && (
        <EntityPicker
          label={text.entity}
          value={draft.entity || undefined}
          onPick={(ref) => set({ entity: ref })}
        />
      )}
      <Cost field={field} />
      <EntityPicker
        label={text.owner}
        description={text.ownerHint}
        value={draft.owner || undefined}
        kinds={['Group', 'User']}
        onPick={(ref) => set({ owner: ref })}
      />
      <div className={kit.formRow}>
        <TextInput label={text.due} type="date" {...field('due')} />
        {debt && (
          <NativeSelect
            label={text.state}
            value={draft.state}
            data={Object.entries(text.states).map(([value, label]) => ({ value, label }))}
            onChange={(event) => set({ state: event.currentTarget.value as Debt['state'] })}
          />
        )}
      </div>
      <TextInput label={text.issueLabel} type="url" {...field('issue')} />
      <Textarea
        label={text.detail}
        autosize
        minRows={2}
        value={draft.detail}
        onChange={(event) => set({ detail: event.currentTarget.value })}
      />
      <FormEnd
        submit={text.save}
        busy={saving.isPending}
        disabled={draft.entity === ''}
        error={saving.error}
        onCancel={onDone}
      />
      {debt && <Remove id={debt.id} onDone={onDone} />}
    </form>
  );
}
