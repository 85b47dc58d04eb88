/** The form of a template: one JSON Schema a page. */
import type { Problem } from './contribution.ts';
import type { TemplatePage } from './template.ts';
import { describeValue, isRecord } from './value-words.ts';

/** Keywords below which a schema has further schemas of the same object. */
const sameObject = ['allOf', 'anyOf', 'oneOf', 'then', 'else', 'if'];
const deepest = 30;

export interface Pages {
  pages: TemplatePage[];
  secretFields: string[];
}

/** Reads `spec.parameters`: nothing, one page, or a list of pages. */
export function readPages(value: unknown, problems: Problem[]): Pages {
  if (value === undefined || value === null) return { pages: [], secretFields: [] };
  const listed = Array.isArray(value) ? value : [value];
  const pages: TemplatePage[] = [];
  for (const [index, page] of listed.entries()) {
    const field = Array.isArray(value) ? `spec.parameters.${index}` : 'spec.parameters';
    if (!isRecord(page)) problems.push(notAPage(field, page));
    else if (!isFlagged(page, field, problems)) pages.push(readPage(page, field, problems));
  }
  const secrets = pages.flatMap(({ schema }) => fieldsOf(schema).filter(isSecret));
  return { pages, secretFields: [...new Set(secrets.map(({ name }) => name))] };
}

function readPage(page: Record<string, unknown>, field: string, problems: Problem[]): TemplatePage {
  const { title, description, properties } = page;
  const schema: Record<string, unknown> = { type: 'object', ...page };
  if (isRecord(properties)) {
    const kept = Object.entries(properties).filter(
      ([name, property]) =>
        !isRecord(property) || !isFlagged(property, `${field}.properties.${name}`, problems),
    );
    schema.properties = Object.fromEntries(kept);
  }
  return {
    title: typeof title === 'string' && title ? title : 'Please enter the following information',
    description: typeof description === 'string' ? description : null,
    schema,
  };
}

/** Feature flags are switched on by whoever runs a Backstage; here all of them are off. */
function isFlagged(schema: Record<string, unknown>, field: string, problems: Problem[]): boolean {
  const flag = schema['backstage:featureFlag'];
  if (typeof flag !== 'string') return false;
  problems.push({
    level: 'info',
    message: `${field} is left out: it is behind the feature flag "${flag}"`,
    remedy: 'Remove backstage:featureFlag to show it.',
    field,
  });
  return true;
}

function notAPage(field: string, value: unknown): Problem {
  return {
    level: 'error',
    message: `${field} must be a page of the form, but it is ${describeValue(value)}`,
    remedy: 'Write title:, required: and properties: below it.',
    field,
  };
}

/** A field of a form, however deep in conditions its schema stands. */
export interface SchemaField {
  name: string;
  schema: Record<string, unknown>;
}

/** The fields of an object's schema itself and of everything that it may depend on. */
export function fieldsOf(schema: Record<string, unknown>, depth = 0): SchemaField[] {
  if (depth > deepest) return [];
  const found: SchemaField[] = [];
  if (isRecord(schema.properties)) {
    for (const [name, property] of Object.entries(schema.properties)) {
      if (isRecord(property)) found.push({ name, schema: property }, ...fieldsOf(property, depth + 1));
    }
  }
  const branches: unknown[] = sameObject.flatMap((keyword) => schema[keyword] ?? []);
  if (isRecord(schema.dependencies)) branches.push(...Object.values(schema.dependencies));
  if (isRecord(schema.items)) branches.push(schema.items);
  for (const branch of branches) if (isRecord(branch)) found.push(...fieldsOf(branch, depth + 1));
  return found;
}

export function isSecret({ schema }: SchemaField): boolean {
  return schema['ui:field'] === 'Secret';
}
