import './form.css';
import Form from '@rjsf/mantine';
import type { UiSchema } from '@rjsf/utils';
import { type ReactNode, useMemo } from 'react';
import { fields } from './fields/index.ts';
import type { SecretContext } from './fields/text-fields.tsx';
import { ObjectFieldTemplate } from './object-template.tsx';
import { splitSchema } from './split-schema.ts';
import validator from './validator.ts';

/** The library's own writes a style sheet into the page, which the page's policy stops. */
const templates = { ObjectFieldTemplate };

export type Values = Record<string, unknown>;

interface Props extends SecretContext {
  schema: Values;
  values: Values;
  onChange: (values: Values) => void;
  /** With what the schema gives for what was left out. */
  onSubmit: (values: Values) => void;
  /** What ends the form. */
  children: ReactNode;
}

/** A field that no part of ours can show is shown as its type says. */
function withoutUnknownFields(ui: UiSchema): UiSchema {
  return Object.fromEntries(
    Object.entries(ui)
      .filter(([key, value]) => key !== 'ui:field' || (typeof value === 'string' && value in fields))
      .map(([key, value]) => [
        key,
        typeof value === 'object' && value !== null && !Array.isArray(value) && !key.startsWith('ui:')
          ? withoutUnknownFields(value as UiSchema)
          : value,
      ]),
  );
}

/** One page of a template's questions. It says what is wrong while it is typed. */
export function SchemaForm({
  schema: whole,
  values,
  onChange,
  onSubmit,
  secrets,
  setSecret,
  children,
}: Props) {
  const { schema, uiSchema } = useMemo(() => {
    const split = splitSchema(whole);
    return { schema: split.schema, uiSchema: withoutUnknownFields(split.uiSchema) };
  }, [whole]);
  return (
    <Form
      className="template-form"
      schema={{ ...schema, title: undefined, description: undefined }}
      uiSchema={uiSchema}
      fields={fields}
      templates={templates}
      validator={validator}
      formData={values}
      formContext={{ secrets, setSecret } satisfies SecretContext}
      liveValidate="onBlur"
      showErrorList={false}
      noHtml5Validate
      // Without a field nobody has changed anything: the form tells of its defaults while it is rendered.
      onChange={({ formData }, field) => field !== undefined && onChange((formData ?? {}) as Values)}
      onSubmit={({ formData }) => onSubmit((formData ?? {}) as Values)}
    >
      {children}
    </Form>
  );
}
