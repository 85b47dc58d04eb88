/** Fills in the form of a template, as somebody would who wants to see whether it works. */
import type { Template } from '#model/template.ts';
import { fieldsOf } from '#model/template-pages.ts';
import { isRecord } from '#model/value-words.ts';
import { validateValues } from '#server/actions/template-values.ts';

type Schema = Record<string, unknown>;

/** Conditions may ask for more fields once others are filled in. */
const MOST_ROUNDS = 8;

/** @returns values that fit the form where such were found. */
export function sampleValues(template: Template): Record<string, unknown> {
  const fields = template.pages.flatMap(({ schema }) => fieldsOf(schema));
  const shown = template.pages.flatMap(({ schema }) =>
    isRecord(schema.properties) ? Object.entries(schema.properties) : [],
  );
  const values: Record<string, unknown> = {};
  for (const [name, schema] of shown) if (isRecord(schema)) values[name] = sampleOf(schema);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { problems } = validateValues(template, values);
    const missing = problems
      .filter(({ message }) => message.endsWith('is missing'))
      .map(({ field }) => field);
    if (missing.length === 0) break;
    for (const name of missing) {
      const field = fields.find((each) => each.name === name);
      if (field) values[name] = sampleOf(field.schema);
    }
  }
  return values;
}

const pickers: Record<string, unknown> = {
  RepoUrlPicker: 'github.com?owner=acme&repo=sample',
  OwnerPicker: 'group:default/platform',
  MyGroupsPicker: 'group:default/platform',
  EntityNamePicker: 'sample',
  EntityTagsPicker: ['sample'],
  MultiEntityPicker: ['component:default/sample'],
  EntityPicker: 'component:default/sample',
  OwnedEntityPicker: 'component:default/sample',
  RepoBranchPicker: 'main',
};

/** What texts are asked for, roughly from the most usual to the oddest. */
const texts = [
  ...[
    'sample',
    'Sample',
    'sample-app',
    'sample_app',
    'org.example.sample',
    'https://example.com/sample',
    '1.0.0',
  ],
  ...[
    '8080',
    '123456789012',
    'https://github.com/acme/sample',
    'ada@example.com',
    'A',
    'sample/app',
    '#sample',
  ],
  ...[
    'github.com?owner=acme&repo=sample',
    'CMDB-1234',
    '2026-03-01',
    '10.0.0.0/16',
    'Sample text that is a bit longer',
  ],
  ...['https://github.com/acme/sample/blob/main/catalog-info.yaml', 'eu-west-1', '{"a": 1}'],
];

function sampleOf(schema: Schema, depth = 0): unknown {
  if (schema.default !== undefined && (schema.type !== 'string' || typeof schema.default === 'string')) {
    return schema.default;
  }
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum) && schema.enum.length > 0) return schema.enum[0];
  const picked = pickers[String(schema['ui:field'])];
  if (picked !== undefined) return picked;
  const [branch] = [schema.oneOf, schema.anyOf].flat().filter(isRecord);
  if (branch && schema.type === undefined && depth < 5) return sampleOf(branch, depth + 1);
  switch ([schema.type].flat()[0]) {
    case 'boolean':
      return true;
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? schema.minimum : 1;
    case 'array':
      return isRecord(schema.items) && depth < 5 ? [sampleOf(schema.items, depth + 1)] : [];
    case 'object':
      return objectOf(schema, depth);
    default:
      return textOf(schema);
  }
}

function objectOf({ properties }: Schema, depth: number): Schema {
  if (!isRecord(properties) || depth > 5) return {};
  const entries = Object.entries(properties).filter(([, property]) => isRecord(property));
  return Object.fromEntries(
    entries.map(([name, property]) => [name, sampleOf(property as Schema, depth + 1)]),
  );
}

function textOf(schema: Schema): string {
  const page = { title: '', description: null, schema: { properties: { text: schema } } };
  const isFit = (text: string) =>
    validateValues({ pages: [page], secretFields: [], secretsSchema: null }, { text }).problems.length === 0;
  return texts.find(isFit) ?? 'sample';
}
