/** Holds what somebody filled in against the form of a template. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { Template, TemplatePage } from '#model/template.ts';
import { boundedPattern } from './bounded-patterns.ts';
import { formats } from './form-formats.ts';
import type { Values } from './step-action.ts';

export interface ValueProblem {
  /** Title of the page of the form; null for what is sent beside the pages. */
  page: string | null;
  /** Dotted path of the value. */
  field: string;
  /** Names the field and what is wrong with it; never shows the value. */
  message: string;
}

export interface CheckedValues {
  /** With the defaults of the form, and without secrets. */
  values: Values;
  secrets: Record<string, string>;
  /** Empty when a run can start with them. */
  problems: ValueProblem[];
}

/**
 * Validates values against each page of the form, and takes the secrets out of them.
 * @param secrets those that were sent apart; they win over values of the same name.
 */
export function validateValues(
  template: Pick<Template, 'pages' | 'secretFields' | 'secretsSchema'>,
  values: Values,
  secrets: Record<string, string> = {},
): CheckedValues {
  const all = secretsOf(template.secretFields, values, secrets);
  const data: Values = { ...structuredClone(values), ...secretFieldsOnly(template.secretFields, all) };
  const problems = template.pages.flatMap((page) => check(page, data));
  if (template.secretsSchema) {
    const page = { title: 'Secrets', schema: template.secretsSchema };
    problems.push(...check(page, { ...all }).map((problem) => ({ ...problem, page: null })));
  }
  const hidden = new Set([...template.secretFields, ...Object.keys(secrets)]);
  const shown = Object.entries(data).filter(([name]) => !hidden.has(name));
  return { values: Object.fromEntries(shown), secrets: all, problems };
}

/** What is wrong with the schema of a page; null when nothing is. */
export function schemaFault({ schema }: Pick<TemplatePage, 'schema'>): string | null {
  const validate = compile(schema);
  return validate instanceof Error ? validate.message : null;
}

function secretsOf(fields: readonly string[], values: Values, secrets: Record<string, string>) {
  const found = fields.flatMap((name) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return { ...Object.fromEntries(found), ...secrets };
}

function secretFieldsOnly(fields: readonly string[], secrets: Record<string, string>): Values {
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => fields.includes(name)));
}

/** Adds the page's defaults to the data. */
function check({ title, schema }: Pick<TemplatePage, 'title' | 'schema'>, data: Values): ValueProblem[] {
  const validate = compile(schema);
  if (validate instanceof Error) {
    const message = `The form can’t be used: ${validate.message}`;
    return [{ page: title, field: '', message }];
  }
  try {
    if (validate(data)) return [];
  } catch {
    return [
      { page: title, field: '', message: 'A pattern of the form takes too long on what was filled in' },
    ];
  }
  const errors = validate.errors ?? [];
  // Which branch of a condition failed is told by the errors within it.
  const told = errors.filter(({ keyword }) => !['if', 'oneOf', 'anyOf', 'allOf'].includes(keyword));
  const unique = new Map((told.length > 0 ? told : errors).map((error) => [say(error), error]));
  return [...unique].map(([message, error]) => ({ page: title, field: fieldOf(error), message }));
}

const compiled = new WeakMap<object, ValidateFunction | Error>();

function compile(schema: Record<string, unknown>): ValidateFunction | Error {
  const known = compiled.get(schema);
  if (known) return known;
  const result = compileAnew(schema);
  compiled.set(schema, result);
  return result;
}

function compileAnew({ $schema: _draft, $id: _id, ...schema }: Record<string, unknown>) {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    useDefaults: true,
    verbose: true,
    unicodeRegExp: false,
    logger: false,
    formats,
    code: { regExp: boundedPattern },
  });
  try {
    return ajv.compile(schema);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function fieldOf({ instancePath, keyword, params }: ErrorObject): string {
  const parts = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  if (keyword === 'required') parts.push(String(params.missingProperty));
  return parts.join('.');
}

function say(error: ErrorObject): string {
  const field = fieldOf(error) || 'The form';
  switch (error.keyword) {
    case 'required':
      return `${field} is missing`;
    case 'enum':
      return `${field} must be one of ${[error.params.allowedValues].flat().map(String).join(', ')}`;
    case 'const':
      return `${field} must be ${String(error.params.allowedValue)}`;
    case 'additionalProperties':
      return `${field} must not have "${String(error.params.additionalProperty)}"`;
    default:
      return `${field} ${error.message ?? 'is not valid'}`;
  }
}
