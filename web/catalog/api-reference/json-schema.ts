/** Schema trees from JSON Schema as OpenAPI, Swagger and AsyncAPI use it. */
import { type Doc, docOf, isDoc, listOf, refTitle, resolve, textOf } from './document.ts';
import type { ApiField } from './model.ts';

const bounds = ['format', 'minimum', 'maximum', 'minLength', 'maxLength', 'pattern', 'minItems', 'maxItems'];
const unions: [key: string, word: string][] = [
  ['oneOf', 'one of'],
  ['anyOf', 'any of'],
];

function typeWord(root: Doc, raw: unknown, schema: Doc): string {
  const named = refTitle(raw) || textOf(schema.title);
  const types = [schema.type ?? []].flat().map(textOf).filter(Boolean);
  if (types.includes('array') || isDoc(schema.items)) {
    const inner = schema.items;
    return `list of ${isDoc(inner) ? typeWord(root, inner, resolve(root, inner)) : 'anything'}`;
  }
  if (named) return named;
  if (types.length > 0) return types.join(' or ');
  if (schema.properties || schema.allOf) return 'object';
  const union = unions.find(([key]) => Array.isArray(schema[key]));
  return union ? union[1] : schema.enum ? 'enum' : 'anything';
}

function notesOf(schema: Doc): string[] {
  const notes = bounds
    .filter((key) => schema[key] !== undefined)
    .map((key) => `${key} ${textOf(schema[key])}`);
  if (Array.isArray(schema.enum))
    notes.push(`one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`);
  if (schema.const !== undefined) notes.push(`always ${JSON.stringify(schema.const)}`);
  if (schema.default !== undefined) notes.push(`default ${JSON.stringify(schema.default)}`);
  if (schema.example !== undefined) notes.push(`example ${JSON.stringify(schema.example)}`);
  if (schema.nullable === true) notes.push('may be null');
  if (schema.readOnly === true) notes.push('read only');
  return notes;
}

function childrenOf(root: Doc, schema: Doc): ApiField[] {
  const required = new Set(listOf(schema.required).map(textOf));
  const own = Object.entries(docOf(schema.properties)).map(([name, value]) =>
    schemaField(root, name, value, required.has(name)),
  );
  const inherited = listOf(schema.allOf).flatMap((part) => childrenOf(root, resolve(root, part)));
  const choices = unions.flatMap(([key]) =>
    listOf(schema[key]).map((part, index) =>
      schemaField(root, refTitle(part) || `choice ${index + 1}`, part, false),
    ),
  );
  const extra = isDoc(schema.additionalProperties)
    ? [schemaField(root, 'any other key', schema.additionalProperties, false)]
    : [];
  const items = isDoc(schema.items) ? childrenOf(root, resolve(root, schema.items)) : [];
  return [...inherited, ...own, ...choices, ...extra, ...items];
}

function hasChildren(root: Doc, schema: Doc, depth = 0): boolean {
  if (['properties', 'allOf', 'oneOf', 'anyOf'].some((key) => schema[key] !== undefined)) return true;
  if (isDoc(schema.additionalProperties)) return true;
  return depth < 5 && isDoc(schema.items) && hasChildren(root, resolve(root, schema.items), depth + 1);
}

export function schemaField(root: Doc, name: string, raw: unknown, required: boolean): ApiField {
  const schema = resolve(root, raw);
  const field: ApiField = {
    name,
    type: typeWord(root, raw, schema),
    required,
    deprecated: schema.deprecated === true,
    description: textOf(schema.description),
    notes: notesOf(schema),
  };
  return hasChildren(root, schema) ? { ...field, children: () => childrenOf(root, schema) } : field;
}
