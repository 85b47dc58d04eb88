import { Select } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import { messages } from '#web/kit/messages.ts';
import { useSession } from '#web/kit/session.ts';
import { filterText, type PickerOptions } from './catalog-filter.ts';
import { FieldFrame } from './field-frame.tsx';
import { type Choice, shortRef, useChoices } from './use-choices.ts';

interface Offer {
  props: FieldProps;
  choices: readonly Choice[];
  options: PickerOptions;
  defaultKind?: string | undefined;
}

/** One thing out of those that the catalog has. */
function Offered({ props, choices, options, defaultKind }: Offer) {
  const { defaultNamespace } = options;
  const data = choices.map((row) => ({
    value: shortRef(row.ref, options.defaultKind ?? defaultKind, defaultNamespace),
    label: row.title ?? row.name,
  }));
  const value = typeof props.formData === 'string' ? props.formData : null;
  const known = value === null || data.some((one) => one.value === value);
  return (
    <FieldFrame props={props}>
      {(frame) => (
        <Select
          {...frame}
          searchable
          clearable={!props.required}
          placeholder={messages.actions.field.pick}
          data={known ? data : [...data, { value, label: value }]}
          value={value}
          onChange={(picked) => props.onChange(picked ?? undefined, props.fieldPathId.path)}
        />
      )}
    </FieldFrame>
  );
}

const optionsOf = (props: FieldProps) => (props.uiSchema?.['ui:options'] ?? {}) as PickerOptions;

export function EntityPickerField(props: FieldProps) {
  const options = optionsOf(props);
  return <Offered props={props} options={options} choices={useChoices(filterText(options, []))} />;
}

export function OwnerPickerField(props: FieldProps) {
  const options = optionsOf(props);
  const choices = useChoices(filterText(options, ['Group', 'User']));
  return <Offered props={props} options={options} choices={choices} defaultKind="Group" />;
}

/** Only what belongs to whoever asks. */
export function OwnedEntityPickerField(props: FieldProps) {
  const options = optionsOf(props);
  const principal = useSession()?.principal;
  const mine = new Set([...(principal?.groups ?? []), principal?.ref]);
  const choices = useChoices(filterText(options, [])).filter(({ owner }) => owner && mine.has(owner));
  return <Offered props={props} options={options} choices={choices} />;
}

export function MyGroupsPickerField(props: FieldProps) {
  const groups = new Set(useSession()?.principal.groups ?? []);
  const choices = useChoices(['kind=Group']).filter(({ ref }) => groups.has(ref));
  return <Offered props={props} options={{}} choices={choices} />;
}
