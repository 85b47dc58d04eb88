import type { RJSFSchema, UiSchema } from '@rjsf/utils';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keywords whose values hold schemas by name, and those that hold one or a list of them. */
const named = new Set(['properties', 'definitions', '$defs', 'dependencies']);
const nested = new Set([
  'items',
  'then',
  'else',
  'if',
  'not',
  'oneOf',
  'anyOf',
  'allOf',
  'additionalProperties',
]);

/**
 * Templates write `ui:` keys into the JSON Schema itself; forms want them apart, in a tree of the same shape.
 * What stands in conditional branches is put where its property will be.
 */
export function splitSchema(whole: unknown): { schema: RJSFSchema; uiSchema: UiSchema } {
  const uiSchema: UiSchema = {};
  const schema = strip(whole, uiSchema) as RJSFSchema;
  return { schema, uiSchema };
}

function strip(value: unknown, ui: Record<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((item) => strip(item, ui));
  if (!isObject(value)) return value;
  const schema: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    if (key.startsWith('ui:')) ui[key] = inner;
    // Backstage’s forms take the labels of choices from the schema.
    else if (key === 'enumNames') ui['ui:enumNames'] = inner;
    else if (named.has(key) && isObject(inner)) schema[key] = stripNamed(inner, ui, key);
    else if (key === 'items' && isObject(inner)) schema[key] = strip(inner, child(ui, 'items'));
    else if (nested.has(key)) schema[key] = strip(inner, ui);
    else schema[key] = inner;
  }
  return schema;
}

function stripNamed(schemas: Record<string, unknown>, ui: Record<string, unknown>, keyword: string) {
  const isProperties = keyword === 'properties';
  return Object.fromEntries(
    Object.entries(schemas).map(([name, inner]) => [name, strip(inner, isProperties ? child(ui, name) : ui)]),
  );
}

function child(ui: Record<string, unknown>, name: string): Record<string, unknown> {
  const known = ui[name];
  if (isObject(known)) return known;
  const fresh: Record<string, unknown> = {};
  ui[name] = fresh;
  return fresh;
}
