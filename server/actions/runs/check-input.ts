/** Holds the rendered input of a step against what its action asks for. */
import { Ajv, type ValidateFunction } from 'ajv';
import { AtriumError } from '#model/errors.ts';
import type { JsonSchema, StepAction, Values } from '../step-action.ts';

const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/** @throws {AtriumError} STEP_FAILED naming each field that is wrong; values are not shown. */
export function checkInput({ id, input: schema }: StepAction, input: Values): void {
  const validate = compiled.get(schema) ?? compile(schema);
  if (validate(input)) return;
  const wrong = (validate.errors ?? []).map(({ instancePath, message, keyword, params }) => {
    const field = instancePath.slice(1).replaceAll('/', '.');
    const extra = keyword === 'additionalProperties' ? `: ${String(params.additionalProperty)}` : '';
    return `${field || 'the input'} ${message}${extra}`;
  });
  throw new AtriumError('STEP_FAILED', `${id}: ${[...new Set(wrong)].join('; ')}`);
}

function compile(schema: JsonSchema): ValidateFunction {
  const { $schema: _draft, $id: _id, ...plain } = schema;
  const validate = new Ajv({ strict: false, allErrors: true, logger: false }).compile(plain);
  compiled.set(schema, validate);
  return validate;
}
