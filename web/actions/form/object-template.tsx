import {
  buttonId,
  canExpand,
  descriptionId,
  getTemplate,
  getUiOptions,
  type ObjectFieldTemplateProps,
  titleId,
} from '@rjsf/utils';

/** The fields of an object, one below the other. */
export function ObjectFieldTemplate(props: ObjectFieldTemplateProps) {
  const { title, description, properties, required, schema, uiSchema, fieldPathId, formData, registry } =
    props;
  const options = getUiOptions(uiSchema);
  const Title = getTemplate('TitleFieldTemplate', registry, options);
  const Description = getTemplate('DescriptionFieldTemplate', registry, options);
  const { AddButton } = registry.templates.ButtonTemplates;
  const common = { schema, registry, uiSchema: uiSchema ?? {} };
  return (
    <div id={fieldPathId.$id} className="template-object">
      {title && <Title {...common} id={titleId(fieldPathId)} title={title} required={required ?? false} />}
      {description && <Description {...common} id={descriptionId(fieldPathId)} description={description} />}
      {properties
        .filter(({ hidden }) => !hidden)
        .map(({ name, content }) => (
          <div key={name}>{content}</div>
        ))}
      {canExpand(schema, uiSchema, formData) && (
        <AddButton
          id={buttonId(fieldPathId, 'add')}
          className="rjsf-object-property-expand"
          disabled={props.disabled || props.readonly}
          onClick={props.onAddProperty}
          uiSchema={common.uiSchema}
          registry={registry}
        />
      )}
    </div>
  );
}
