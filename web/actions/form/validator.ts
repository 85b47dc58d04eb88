/** Holds answers against their schema in the page. It compiles nothing, so that no script may be evaluated. */
import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import {
  type CustomValidator,
  createErrorHandler,
  type ErrorTransformer,
  type RJSFSchema,
  type RJSFValidationError,
  toErrorSchema,
  type UiSchema,
  unwrapErrorHandler,
  type ValidationData,
  type ValidatorType,
  validationDataMerge,
} from '@rjsf/utils';
import { messages } from '#web/kit/messages.ts';

const text = messages.actions.field;
type Data = Record<string, unknown>;

/** These only say that something below them is wrong. */
const wrappers = new Set([
  'properties',
  'items',
  'allOf',
  'anyOf',
  'if',
  'then',
  'else',
  '$ref',
  'dependencies',
  'additionalProperties',
]);

function check(schema: RJSFSchema, data: unknown): OutputUnit[] {
  return new Validator(schema as Schema, '7', false).validate(data ?? {}).errors;
}

function propertyOf({ instanceLocation, keyword, error }: OutputUnit): string {
  const path = instanceLocation.replace(/^#/, '').split('/').slice(1);
  const missing = keyword === 'required' ? /"([^"]+)"/.exec(error)?.[1] : undefined;
  return [...path, ...(missing ? [missing] : [])].map((part) => `.${part}`).join('');
}

function at(schema: RJSFSchema, location: string): unknown {
  return location
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((node, key) => (node as Data | undefined)?.[decodeURIComponent(key)], schema);
}

function wording(schema: RJSFSchema, { keyword, keywordLocation, error }: OutputUnit): string {
  const limit = at(schema, keywordLocation);
  switch (keyword) {
    case 'required':
      return text.required;
    case 'minLength':
      return text.tooShort(Number(limit));
    case 'maxLength':
      return text.tooLong(Number(limit));
    case 'pattern':
      return text.pattern;
    case 'enum':
      return text.oneOf;
    default:
      return error || text.invalid;
  }
}

function errorsOf(schema: RJSFSchema, data: unknown): RJSFValidationError[] {
  return check(schema, data)
    .filter(({ keyword }) => !wrappers.has(keyword))
    .map((unit) => {
      const property = propertyOf(unit);
      const message = wording(schema, unit);
      return { name: unit.keyword, property, message, stack: `${property.slice(1)} ${message}` };
    });
}

const validator: ValidatorType<Data> = {
  validateFormData(
    data: Data | undefined,
    schema: RJSFSchema,
    customValidate?: CustomValidator<Data>,
    transformErrors?: ErrorTransformer<Data>,
    uiSchema?: UiSchema<Data>,
  ): ValidationData<Data> {
    const found = errorsOf(schema, data);
    const errors = transformErrors ? transformErrors(found, uiSchema) : found;
    const result = { errors, errorSchema: toErrorSchema<Data>(errors) };
    if (!customValidate) return result;
    const handler = customValidate(data, createErrorHandler<Data>(data ?? {}), uiSchema);
    return validationDataMerge(result, unwrapErrorHandler(handler));
  },
  isValid: (schema, data, root) => {
    const withRoot = { ...schema, definitions: root.definitions, $defs: root.$defs } as RJSFSchema;
    return check(withRoot, data).length === 0;
  },
  rawValidation: <Result>(schema: RJSFSchema, data?: Data) => ({ errors: check(schema, data) as Result[] }),
};

export default validator;
