/** CEL (https://github.com/google/cel-spec) as rules are written in it: what they can name, and how much they may hold. */
import { Environment, type TypeCheckResult } from '@marcbachmann/cel-js';
import picomatch from 'picomatch';
import type { FactDeclaration } from '#model/fact.ts';
import { isRecord } from '#model/value-words.ts';

/** What functions of rules may look at, for the entity that is judged just now. */
export interface Surroundings {
  now: Date;
  /** Paths from the folder of the entity; undefined where nobody has listed them. */
  files: readonly string[] | undefined;
  /** @returns undefined when there is no such file. */
  textOf(path: string): string | undefined;
}

/** Something is not known that a rule asks for. */
export class Unknown extends Error {}

const limits = { maxAstNodes: 500, maxDepth: 40, maxListElements: 200, maxMapEntries: 100 };
const DAY_MS = 24 * 3600 * 1000;
const LONGEST_GLOB = 200;

export const variables = [
  { name: 'entity', description: 'The entity as the catalog has it: kind, metadata, spec' },
  { name: 'facts', description: 'What is known of it, by the name of the fact: facts.readme.words' },
  { name: 'ages', description: 'How many days ago each fact was seen: ages.coverage < 30' },
  { name: 'owner', description: 'The group or user that owns it; null where nobody does' },
  { name: 'system', description: 'The system that it is part of; null where there is none' },
  { name: 'dependencies', description: 'The entities that it depends on, a list' },
] as const;

export const functions = [
  {
    signature: 'daysSince(string): double',
    description: 'Days since a date or time: daysSince(facts.documentation.lastCommit) < 180',
  },
  { signature: 'hasFile(string): bool', description: 'Whether a file matches a glob, from its folder on' },
  {
    signature: 'fileText(string): string',
    description: 'Text of a file in its folder, empty where there is none',
  },
] as const;

/** For judging: what is there decides, not what was declared. */
export function createEnvironment(surroundings: () => Surroundings): Environment {
  const environment = new Environment({ limits });
  for (const { name } of variables) environment.registerVariable(name, 'dyn');
  return withFunctions(environment, surroundings);
}

/** For checking what somebody writes: facts have the types that their kinds declare. */
export function createTypedEnvironment(
  kinds: readonly Pick<FactDeclaration, 'name' | 'schema'>[],
): Environment {
  const environment = new Environment({ limits });
  for (const { name } of variables.filter((one) => one.name !== 'facts' && one.name !== 'ages')) {
    environment.registerVariable(name, name === 'dependencies' ? 'list<dyn>' : 'dyn');
  }
  const facts = Object.fromEntries(kinds.map(({ name, schema }) => [name, celType(schema)]));
  const ages = Object.fromEntries(kinds.map(({ name }) => [name, 'double']));
  environment.registerVariable({ name: 'facts', schema: facts });
  environment.registerVariable({ name: 'ages', schema: ages });
  return withFunctions(environment, () => nowhere);
}

const nowhere: Surroundings = { now: new Date(0), files: [], textOf: () => undefined };

type CelType = string | { [field: string]: CelType };

function celType(schema: unknown): CelType {
  if (!isRecord(schema)) return 'dyn';
  const { type, properties, items } = schema;
  if (type === 'string') return 'string';
  if (type === 'boolean') return 'bool';
  if (type === 'integer') return 'int';
  if (type === 'number') return 'double';
  if (type === 'array') {
    const item = celType(items);
    return typeof item === 'string' ? `list<${item}>` : 'list<dyn>';
  }
  if (type === 'object' && isRecord(properties) && schema.additionalProperties === undefined) {
    return Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, celType(inner)]));
  }
  return 'dyn';
}

function withFunctions(environment: Environment, surroundings: () => Surroundings): Environment {
  const globs = new Map<string, (path: string) => boolean>();
  return environment
    .registerFunction('daysSince(string): double', (text: string) => daysSince(text, surroundings().now))
    .registerFunction('hasFile(string): bool', (glob: string) => {
      const { files } = surroundings();
      if (!files) throw new Unknown('Nobody has listed its files');
      const matches = globs.get(glob) ?? compileGlob(glob);
      globs.set(glob, matches);
      return files.some((path) => matches(path));
    })
    .registerFunction('fileText(string): string', (path: string) => surroundings().textOf(path) ?? '');
}

function compileGlob(glob: string): (path: string) => boolean {
  if (glob.length > LONGEST_GLOB) throw new Error(`A glob may have ${LONGEST_GLOB} characters`);
  return picomatch(glob, { dot: true });
}

function daysSince(text: string, now: Date): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new Unknown(`“${text}” is no date`);
  return (now.getTime() - time) / DAY_MS;
}

/** What is wrong with an expression, and where in its text. */
export interface Fault {
  message: string;
  start: number;
  end: number;
}

/** @returns undefined for what gives true or false. */
export function faultOf(environment: Environment, text: string): Fault | undefined {
  const whole = { start: 0, end: text.length };
  let checked: TypeCheckResult;
  try {
    checked = environment.check(text);
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error), ...whole };
  }
  const { valid, type, error } = checked;
  if (!valid) return { message: error?.summary ?? 'It can’t be read', ...(error?.range ?? whole) };
  if (type === 'bool' || type === 'dyn') return undefined;
  return { message: `It gives ${type}, and should give true or false`, ...whole };
}
