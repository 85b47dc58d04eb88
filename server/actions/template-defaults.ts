/** What a form may be filled in with before anybody types: by who asks, and by what it is asked for. */
import type { Template } from '#model/template.ts';
import { fieldsOf, type SchemaField } from '#model/template-pages.ts';
import { isRecord } from '#model/value-words.ts';

export interface FormContext {
  /** Groups of who asks, nearest first. */
  groups: readonly string[];
  /** The entity that the template is to act on. */
  entity?: { ref: string; owner: string | null };
  /** The system for which something is made. */
  system?: { ref: string; owner: string | null };
}

const ofEntities = new Set(['EntityPicker', 'OwnedEntityPicker']);
const ofOwners = new Set(['OwnerPicker', 'MyGroupsPicker']);

/**
 * Values by the name of their field. What the author gives as default stays, unless the context names just what the
 * field asks for.
 */
export function defaultsOf({ pages }: Pick<Template, 'pages'>, context: FormContext): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of pages.flatMap(({ schema }) => fieldsOf(schema))) {
    const value = valueFor(field, context);
    if (value !== undefined) found[field.name] ??= value;
  }
  return found;
}

function valueFor(field: SchemaField, { groups, entity, system }: FormContext): string | undefined {
  const picker = String(field.schema['ui:field']);
  if (ofOwners.has(picker)) {
    const owner = system?.owner ?? entity?.owner ?? groups[0];
    return field.schema.default === undefined && owner ? owner : undefined;
  }
  if (!ofEntities.has(picker) && field.name !== 'system' && field.name !== 'entity') return undefined;
  const isPicker = ofEntities.has(picker);
  return [system, entity].find(
    (known) => known && (isPicker ? picks(field, known.ref) : isNamed(field, known.ref)),
  )?.ref;
}

function isNamed({ name }: SchemaField, ref: string): boolean {
  return name === 'entity' || ref.startsWith(`${name}:`);
}

/** Whether a picker offers entities of the kind of a ref. */
function picks({ name, schema }: SchemaField, ref: string): boolean {
  const kind = ref.slice(0, ref.indexOf(':'));
  const options = isRecord(schema['ui:options']) ? schema['ui:options'] : {};
  const filters = [options.catalogFilter].flat().filter(isRecord);
  const kinds = [...filters.flatMap((filter) => filter.kind), ...[options.allowedKinds].flat()];
  const named = kinds.filter((item) => typeof item === 'string').map((item) => item.toLowerCase());
  return named.length > 0 ? named.includes(kind) : name.toLowerCase() === kind;
}
