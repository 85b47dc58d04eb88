import type { FieldProps } from '@rjsf/utils';
import type { ReactNode } from 'react';

export interface Frame {
  id: string;
  label: string;
  description: string | undefined;
  required: boolean;
  disabled: boolean;
  error: string | undefined;
}

/** What every field of a form has: its label, what it is for, and what is wrong with it. */
export function FieldFrame({
  props,
  children,
}: {
  props: FieldProps;
  children: (frame: Frame) => ReactNode;
}) {
  const { schema, uiSchema, name, rawErrors, required, disabled, readonly, fieldPathId } = props;
  const title = uiSchema?.['ui:title'] ?? schema.title ?? name;
  const description = uiSchema?.['ui:description'] ?? uiSchema?.['ui:help'] ?? schema.description;
  return children({
    id: fieldPathId.$id,
    label: String(title),
    description: description === undefined ? undefined : String(description),
    required: required ?? false,
    disabled: (disabled || readonly) ?? false,
    error: rawErrors?.[0],
  });
}
