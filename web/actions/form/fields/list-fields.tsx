import { MultiSelect, TagsInput } from '@mantine/core';
import type { FieldProps } from '@rjsf/utils';
import { messages } from '#web/kit/messages.ts';
import { filterText, type PickerOptions } from './catalog-filter.ts';
import { FieldFrame } from './field-frame.tsx';
import { shortRef, useChoices } from './use-choices.ts';

const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Several things of the catalog. */
export function MultiEntityPickerField(props: FieldProps) {
  const options = (props.uiSchema?.['ui:options'] ?? {}) as PickerOptions;
  const data = useChoices(filterText(options, [])).map((row) => ({
    value: shortRef(row.ref, options.defaultKind, options.defaultNamespace),
    label: row.title ?? row.name,
  }));
  return (
    <FieldFrame props={props}>
      {(frame) => (
        <MultiSelect
          {...frame}
          searchable
          data={data}
          value={listOf(props.formData)}
          onChange={(picked) => props.onChange(picked, props.fieldPathId.path)}
        />
      )}
    </FieldFrame>
  );
}

/** Tags, those in use offered first. */
export function EntityTagsPickerField(props: FieldProps) {
  const { kinds = [] } = (props.uiSchema?.['ui:options'] ?? {}) as { kinds?: readonly string[] };
  const known = useChoices(filterText({ allowedKinds: kinds }, []));
  const tags = [...new Set(known.flatMap((row) => row.tags))].sort();
  return (
    <FieldFrame props={props}>
      {(frame) => (
        <TagsInput
          {...frame}
          placeholder={messages.actions.field.addTag}
          data={tags}
          value={listOf(props.formData)}
          onChange={(picked) => props.onChange(picked, props.fieldPathId.path)}
        />
      )}
    </FieldFrame>
  );
}
