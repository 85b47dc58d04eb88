import type { ErrorObject } from 'ajv';
import type { Problem } from './contribution.ts';
import { describeValue, isRecord, quoteRemedy, shorten } from './value-words.ts';

/** What to write for a field that is missing, for the fields that most authors forget. */
const examples: Record<string, string> = {
  type: 'Add "type:", such as service, website or library.',
  lifecycle: 'Add "lifecycle:", such as production, experimental or deprecated.',
  owner: 'Add "owner:" with the name of a group, or user:default/name.',
  definition: 'Add "definition:" with the text of the API, or "$text: ./openapi.yaml" below it.',
  children: 'Add "children: []" when the group has none.',
  memberOf: 'Add "memberOf: []" when the user is in no group.',
  steps: 'Add "steps:" with at least one "- action: …" item.',
};

/** Says a JSON Schema violation in an author's words. The error must carry its data (ajv `verbose`). */
export function schemaProblem(error: ErrorObject, kind: string, spec: unknown): Problem {
  const field = fieldOf(error);
  const value: unknown = error.data;
  const problem = (rule: string, remedy: string): Problem => ({
    level: 'error',
    message: `${field} ${rule}`,
    remedy,
    field,
  });
  switch (error.keyword) {
    case 'required': {
      const key = String(error.params.missingProperty);
      const remedy =
        (Object.hasOwn(examples, key) && examples[key]) || `Add "${key}:" below ${parentOf(field)}.`;
      return problem(`is missing; ${nameOf(kind, spec)} needs it`, remedy);
    }
    case 'type':
      return typeProblem(error, field, value, problem);
    case 'minLength':
      return problem('must not be empty', 'Give it a text, or remove the key.');
    case 'enum':
    case 'const': {
      const allowed = error.keyword === 'enum' ? error.params.allowedValues : [error.params.allowedValue];
      const list = (Array.isArray(allowed) ? allowed : []).map(String).join(', ');
      return problem(`must be one of ${list}, but it is ${describeValue(value)}`, `Write one of ${list}.`);
    }
    case 'additionalProperties': {
      const key = shorten(String(error.params.additionalProperty));
      return problem(`must not hold "${key}"`, `Remove "${key}" or correct its spelling.`);
    }
    default:
      return problem(
        `${error.message ?? 'is not valid'}`,
        `See the schema of kind ${kind} and correct ${field}.`,
      );
  }
}

function typeProblem(
  error: ErrorObject,
  field: string,
  value: unknown,
  problem: (rule: string, remedy: string) => Problem,
): Problem {
  if (isPlaceholder(value)) {
    return problem('is a placeholder that has not been replaced', 'Check that its target can be read.');
  }
  const wanted = [error.params.type].flat().map(String);
  const words = wanted.map((type) => typeWords[type] ?? type).join(' or ');
  const message = `must be ${words}, but it is ${describeValue(value)}`;
  if (wanted.includes('string')) return problem(message, quoteRemedy(field, value));
  if (value === null) return problem(message, `Fill in ${field}, or remove the key.`);
  if (wanted.includes('array')) return problem(message, 'Write it as a list, one "- item" line each.');
  return problem(message, `Write ${words}.`);
}

function isPlaceholder(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const [key, ...others] = Object.keys(value);
  return others.length === 0 && key?.startsWith('$') === true;
}

const typeWords: Record<string, string> = {
  string: 'text',
  array: 'a list',
  object: 'a mapping',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'empty',
};

function fieldOf(error: ErrorObject): string {
  const parts = error.instancePath.split('/').slice(1).map(unescapePart);
  if (error.keyword === 'required') parts.push(String(error.params.missingProperty));
  return ['spec', ...parts].map(shorten).join('.');
}

function unescapePart(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}

function parentOf(field: string): string {
  return field.slice(0, field.lastIndexOf('.'));
}

function nameOf(kind: string, spec: unknown): string {
  const type = typeof spec === 'object' && spec !== null && 'type' in spec ? spec.type : undefined;
  const name = kind === 'API' && type === 'mcp-server' ? 'API of type mcp-server' : kind;
  return /^[aeio]/i.test(name) ? `an ${name}` : `a ${name}`;
}
