import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { Permission } from '#model/permissions.ts';
import type { Session } from '#server/access/contract.ts';
import { FormEnd } from '#web/kit/form-end.tsx';
import kit from '#web/kit/kit.module.css';
import { messages } from '#web/kit/messages.ts';
import styles from './access.module.css';
import { type CreatedToken, makeToken, policyQuery } from './queries.ts';

const text = messages.access.token;
const DAYS = 90;

interface Props {
  session: Session;
  onMade: (made: CreatedToken) => void;
  onCancel: () => void;
}

function Scopes({
  chosen,
  onChange,
}: {
  chosen: ReadonlySet<Permission>;
  onChange: (next: ReadonlySet<Permission>) => void;
}) {
  const policy = useQuery(policyQuery());
  const set = (name: Permission, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(name);
    else next.delete(name);
    onChange(next);
  };
  return (
    <>
      {(['read', 'write'] as const).map((access) => (
        <fieldset key={access} className={styles.scopes}>
          <legend>{text.scopes[access]}</legend>
          {policy.data?.permissions
            .filter((permission) => permission.access === access)
            .map(({ name, summary }) => (
              <Checkbox
                key={name}
                label={summary}
                checked={chosen.has(name)}
                onChange={(event) => set(name, event.currentTarget.checked)}
              />
            ))}
        </fieldset>
      ))}
    </>
  );
}

export function TokenForm({ session, onMade, onCancel }: Props) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<'person' | 'machine'>('person');
  const [days, setDays] = useState(String(DAYS));
  const [scopes, setScopes] = useState<ReadonlySet<Permission>>(new Set(['catalog.entity.read']));
  const making = useMutation({
    mutationFn: () => makeToken({ name, kind, scopes: [...scopes], expiresInDays: Number(days) }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: ['tokens'] });
      onMade(made);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    making.mutate();
  };
  return (
    <form className={`${kit.form} ${styles.tokenForm}`} onSubmit={submit}>
      <TextInput
        label={text.name}
        description={text.nameHint}
        required
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <div className={kit.formRow}>
        {session.may.includes('access.token.all') && (
          <NativeSelect
            label={text.kind}
            value={kind}
            data={Object.entries(text.kinds).map(([value, label]) => ({ value, label }))}
            onChange={(event) => setKind(event.currentTarget.value === 'machine' ? 'machine' : 'person')}
          />
        )}
        <TextInput
          label={text.days}
          type="number"
          min={1}
          max={366}
          required
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
      </div>
      <Scopes chosen={scopes} onChange={setScopes} />
      <FormEnd
        submit={text.make}
        busy={making.isPending}
        disabled={scopes.size === 0}
        error={making.error}
        onCancel={onCancel}
      />
    </form>
  );
}
