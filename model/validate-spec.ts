import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { builtinKinds } from './builtin-kinds.ts';
import type { Problem } from './contribution.ts';
import { type KindDefinition, type KindRegistry, rulesFor } from './kinds.ts';
import { schemaProblem } from './schema-problem.ts';
import { TooSlow, within } from './time-limit.ts';
import { describeValue, isRecord } from './value-words.ts';

/** Compiled once per schema: compiling takes a thousand times as long as validating. */
const compiled = new WeakMap<object, ValidateFunction | Error>();

/** Checks that the kind is known in this apiVersion and that `spec` fits the kind's schema. */
export function checkSpec(
  apiVersion: string,
  kind: string,
  spec: unknown,
  kinds: KindRegistry,
  problems: Problem[],
): void {
  if (spec !== undefined && !isRecord(spec)) {
    problems.push({
      level: 'error',
      message: `spec must be a mapping, but it is ${describeValue(spec)}`,
      remedy: 'Write the fields of spec below it, or remove the key.',
      field: 'spec',
    });
    return;
  }
  const definition = kinds.find(kind);
  if (!definition?.apiVersions.includes(apiVersion) || definition.kind !== kind) {
    problems.push(unknownKind(apiVersion, kind, definition, kinds));
    return;
  }
  const schema = rulesFor(definition, spec).spec;
  const validate = compileOnce(schema, definition);
  if (validate instanceof Error) problems.push(badSchema(kind, validate));
  else if (!fits(validate, schema, spec)) problems.push(...specProblems(kind, spec, validate.errors ?? []));
  else if (spec === undefined && kind in specRequired) problems.push(missingSpec(kind));
}

/** Of one entity; patterns of a kind's author meet texts of others, and may take for ever to fail on them. */
const patternMs = 250;

function fits(validate: ValidateFunction, schema: object, spec: unknown): boolean {
  const check = () => validate(spec ?? {});
  if (!hasPatterns(schema)) return check();
  try {
    return within(patternMs, check);
  } catch (error) {
    if (!(error instanceof TooSlow)) throw error;
    validate.errors = [{ ...tooSlow, message: `can't be checked: ${error.message}` }];
    return false;
  }
}

const tooSlow = { keyword: 'pattern', instancePath: '', schemaPath: '', params: {} };
const patterned = new WeakMap<object, boolean>();

function hasPatterns(schema: object): boolean {
  const known = patterned.get(schema) ?? /"pattern(Properties)?":/.test(JSON.stringify(schema));
  patterned.set(schema, known);
  return known;
}

/** Kinds whose schema is content with no field at all, yet whose `spec` must be there. */
const specRequired = { Location: true };

function missingSpec(kind: string): Problem {
  return {
    level: 'error',
    message: `spec is missing; a ${kind} needs it`,
    remedy: 'Add "spec:" and below it its fields.',
    field: 'spec',
  };
}

function specProblems(kind: string, spec: unknown, errors: ErrorObject[]): Problem[] {
  if (spec !== undefined) return errors.map((error) => schemaProblem(error, kind, spec));
  const needed = errors.map(({ params }) => params.missingProperty).filter(Boolean);
  const remedy = `Add "spec:" and below it ${needed.join(', ') || 'its fields'}.`;
  return [{ ...missingSpec(kind), remedy }];
}

/**
 * Compiles the schemas of a kind from the configuration ahead of use.
 * @returns what is wrong with them, empty when nothing is.
 */
export function checkKindDefinition(definition: KindDefinition): Problem[] {
  const schemas = [definition.spec, ...(definition.variants ?? []).map((variant) => variant.spec)];
  return schemas
    .map((schema) => compileOnce(schema, definition))
    .filter((result): result is Error => result instanceof Error)
    .map((error) => badSchema(definition.kind, error));
}

function compileOnce(schema: object, definition: KindDefinition): ValidateFunction | Error {
  const known = compiled.get(schema);
  if (known) return known;
  const result = builtinKinds.includes(definition) ? builtinAjv().compile(schema) : compileCustom(schema);
  compiled.set(schema, result);
  return result;
}

// Lengths in UTF-16 units: counting code points takes longer than all else on a long API definition.
const options = {
  allErrors: true,
  strict: false,
  verbose: true,
  validateFormats: false,
  logger: false,
} as const;
let sharedAjv: Ajv | undefined;

/** Our own schemas need no check against the meta-schema, whose compilation costs most of a cold start. */
function builtinAjv(): Ajv {
  sharedAjv ??= new Ajv({ ...options, unicode: false, meta: false, validateSchema: false });
  return sharedAjv;
}

/** Each in an instance of its own, so that equal `$id`s of two kinds don't collide. */
function compileCustom(schema: object): ValidateFunction | Error {
  const dialect = '$schema' in schema ? String(schema.$schema) : '';
  try {
    return dialect.includes('draft-07')
      ? new Ajv(options).compile(schema)
      : new Ajv2020(options).compile(schema);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function badSchema(kind: string, error: Error): Problem {
  return {
    level: 'error',
    message: `The schema that the configuration gives for kind ${kind} can't be used: ${error.message}`,
    remedy: `Correct the JSON Schema under "kinds:" for ${kind}; it must be draft 2020-12 or draft-07.`,
    field: 'spec',
  };
}

function unknownKind(
  apiVersion: string,
  kind: string,
  definition: KindDefinition | undefined,
  kinds: KindRegistry,
): Problem {
  const level = 'error';
  if (definition?.apiVersions.includes(apiVersion)) {
    const remedy = `Write "kind: ${definition.kind}".`;
    return {
      level,
      message: `kind must be written ${definition.kind}, but it is ${kind}`,
      remedy,
      field: 'kind',
    };
  }
  if (definition) {
    return {
      level,
      message: `apiVersion ${apiVersion} is not supported for kind ${definition.kind}`,
      remedy: `Write "apiVersion: ${definition.apiVersions[0] ?? ''}".`,
      field: 'apiVersion',
    };
  }
  const known = kinds.kinds.map((candidate) => candidate.kind).join(', ');
  const remedy = apiVersion.startsWith('backstage.io/')
    ? `Use one of ${known}; a kind of your own needs an apiVersion of your own, such as example.com/v1.`
    : `Use one of ${known}, or add the kind to the configuration: under "kinds:", "- kind: ${kind}" with ` +
      `"apiVersions: [${apiVersion}]" and the JSON Schema of its spec.`;
  return { level, message: `kind ${kind} of ${apiVersion} is not known`, remedy, field: 'kind' };
}
