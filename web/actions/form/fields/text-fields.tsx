import { PasswordInput, TextInput } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import { messages } from '#web/kit/messages.ts';
import { FieldFrame } from './field-frame.tsx';

/** A name that the catalog takes. */
export function EntityNamePickerField(props: FieldProps) {
  return (
    <FieldFrame props={props}>
      {(frame) => (
        <TextInput
          {...frame}
          description={frame.description ?? messages.actions.field.name}
          autoComplete="off"
          value={String(props.formData ?? '')}
          onChange={(event) => props.onChange(event.currentTarget.value || undefined, props.fieldPathId.path)}
        />
      )}
    </FieldFrame>
  );
}

/** What its form context needs to know to keep secrets apart from answers. */
export interface SecretContext {
  secrets: Record<string, string>;
  setSecret: (name: string, value: string) => void;
}

/** Goes to the run's secrets and never among the answers; the answer only says that there is one. */
export function SecretField(props: FieldProps) {
  const { secrets, setSecret } = props.registry.formContext as SecretContext;
  return (
    <FieldFrame props={props}>
      {(frame) => (
        <PasswordInput
          {...frame}
          autoComplete="off"
          value={secrets[props.name] ?? ''}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setSecret(props.name, value);
            props.onChange(value ? '*'.repeat(value.length) : undefined, props.fieldPathId.path);
          }}
        />
      )}
    </FieldFrame>
  );
}
