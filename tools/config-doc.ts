/** Writes the tables of docs/configuration.md from the schemas: `node tools/config-doc.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { integrations } from '../integrations/registry.ts';
import { configSchema } from '../server/kernel/config.ts';

/** What the tables need of a JSON Schema. */
interface JsonSchema {
  type?: string | string[];
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  /** Ours: says where a secret is. */
  secret?: boolean;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  items?: JsonSchema;
  required?: string[];
  properties?: Record<string, JsonSchema>;
}

const file = join(import.meta.dirname, '../docs/configuration.md');
const LARGEST = 2 ** 31;
/** Objects that are too small for a table of their own. */
const shownWhole = new Set(['credentials', 'tls']);

/** The document with its tables made anew. */
export function configurationDoc(document: string): string {
  const config = z.toJSONSchema(configSchema, { io: 'input' }) as JsonSchema;
  const tables: Record<string, string> = {
    file: table(config, ''),
    source: table(config.properties?.sources?.items ?? {}, ''),
    kind: table(config.properties?.kinds?.items ?? {}, ''),
    ...accessTables(config.properties?.access?.properties),
    ...actionTables(config.properties?.actions?.properties),
    standards: table({ properties: config.properties?.standards?.properties ?? {} }, ''),
    email: table(config.properties?.notices?.properties?.email ?? {}, ''),
    docs: table({ properties: config.properties?.docs?.properties ?? {} }, ''),
  };
  for (const { id, configSchema: own } of integrations)
    tables[`integration ${id}`] = table(own as JsonSchema, '');
  return document.replace(
    /(<!-- (.+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, start: string, name: string, end: string) => {
      const made = tables[name];
      if (made === undefined) throw new Error(`There is no table "${name}"`);
      return `${start}${made}\n${end}`;
    },
  );
}

function accessTables(access: Record<string, JsonSchema> = {}): Record<string, string> {
  const [oidc = {}, github = {}] = access.signIn?.items?.oneOf ?? [];
  return {
    access: table({ properties: access }, ''),
    oidc: table(oidc, ''),
    github: table(github, ''),
    grant: table(access.grants?.items ?? {}, ''),
    rule: table(access.rules?.items ?? {}, ''),
    collector: table(access.auditCollector ?? {}, ''),
  };
}

function actionTables(actions: Record<string, JsonSchema> = {}): Record<string, string> {
  return {
    actions: table({ properties: actions }, ''),
    host: table(actions.hosts?.items ?? {}, ''),
    cluster: table(actions.clusters?.items ?? {}, ''),
    jenkins: table(actions.jenkins ?? {}, ''),
    slack: table(actions.slack ?? {}, ''),
  };
}

function table(schema: JsonSchema, prefix: string): string {
  return ['| key | type | default | meaning |', '| --- | --- | --- | --- |', ...rows(schema, prefix)].join(
    '\n',
  );
}

function rows({ properties = {}, required = [] }: JsonSchema, prefix: string): string[] {
  return Object.entries(properties).flatMap(([key, schema]) => {
    const name = `${prefix}${key}`;
    const own = `| \`${name}\` | ${typeOf(schema)} | ${defaultOf(schema, required.includes(key))} | ${meaningOf(schema)} |`;
    if (prefix !== '') return [own];
    if (key === 'relations') return [own, ...rows(schema.items ?? {}, `${name}[].`)];
    return [own, ...(shownWhole.has(key) ? rows(schema, `${name}.`) : [])];
  });
}

function typeOf(schema: JsonSchema): string {
  const { type, enum: values, const: only, anyOf = [], items, minimum, maximum, secret } = schema;
  if (secret || anyOf.some(({ properties }) => properties?.env)) return '[secret](#secrets)';
  const [some, none] = anyOf;
  if (some && none?.type === 'null') return `${typeOf(some)} or null`;
  if (only !== undefined) return `\`${String(only)}\``;
  if (values) return values.map((value) => `\`${String(value)}\``).join(', ');
  if (items) return `list of ${[items.type ?? 'object'].flat().join(' or ')}s`;
  const bounds = [
    ...(minimum === undefined ? [] : [`from ${minimum}`]),
    ...(maximum === undefined || maximum > LARGEST ? [] : [`to ${maximum}`]),
  ];
  return [[type ?? 'any'].flat().join(' or '), ...bounds].join(' ');
}

function defaultOf({ default: value }: JsonSchema, required: boolean): string {
  if (value !== undefined) return `\`${JSON.stringify(value)}\``;
  return required ? 'required' : '';
}

function meaningOf({ description = '' }: JsonSchema): string {
  return description.replaceAll('|', '\\|');
}

if (import.meta.main) writeFileSync(file, configurationDoc(readFileSync(file, 'utf8')));
