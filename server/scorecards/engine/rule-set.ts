/** The rules of one scorecard, ready to judge. */
import type { Environment, ParseResult } from '@marcbachmann/cel-js';
import type { Result, RuleCheck } from '#model/scorecard.ts';
import { TooSlow, within } from '#model/time-limit.ts';
import { createEnvironment, type Surroundings, Unknown } from './environment.ts';
import { explain, type Failure } from './explain.ts';
import { pathOf, readsOf } from './paths.ts';
import type { Reason } from './protocol.ts';

/** What rules are asked about. Numbers are those of CEL. */
export interface Context {
  entity: unknown;
  facts: Record<string, unknown>;
  ages: Record<string, number>;
  owner: unknown;
  system: unknown;
  dependencies: unknown;
}

interface Program {
  when: ParseResult | null;
  check: ParseResult;
}

type Verdict = { result: Result; by?: Program; failure?: Failure };

/** Of one rule, where all together took too long. */
const RULE_MS = 250;

export class RuleSet {
  readonly #rules: Program[][];
  #surroundings: Surroundings | undefined;

  /** @throws {Error} when a rule can't be read; rules are checked before they come here. */
  constructor(rules: readonly { checks: readonly RuleCheck[] }[]) {
    const environment = createEnvironment(() => this.#surroundings ?? unset());
    this.#rules = rules.map(({ checks }) => checks.map((check) => compile(environment, check)));
  }

  /** Takes as long as the rules do: to be put within a time limit. */
  judge(context: Context, surroundings: Surroundings): Result[] {
    this.#surroundings = surroundings;
    return this.#rules.map((programs) => this.#verdict(programs, context).result);
  }

  /** A rule that takes too long is unknown, and costs the others nothing. */
  judgePatiently(context: Context, surroundings: Surroundings): Result[] {
    this.#surroundings = surroundings;
    return this.#rules.map((programs) => this.#timed(programs, context).result);
  }

  /** Says why, as well. @param patiently as `judgePatiently` does; else as `judge`. */
  explain(
    context: Context,
    surroundings: Surroundings,
    patiently: boolean,
  ): { results: Result[]; reasons: Reason[] } {
    this.#surroundings = surroundings;
    const verdicts = this.#rules.map((programs) =>
      patiently ? this.#timed(programs, context) : this.#verdict(programs, context),
    );
    return {
      results: verdicts.map(({ result }) => result),
      reasons: verdicts.map((verdict) => ({
        message: explain(verdict.result, verdict.failure, verdict.by?.check.ast, context),
        facts: factsIn(verdict.by),
      })),
    };
  }

  #timed(programs: readonly Program[], context: Context): Verdict {
    try {
      return within(RULE_MS, () => this.#verdict(programs, context));
    } catch (error) {
      if (!(error instanceof TooSlow)) throw error;
      return { result: 'unknown', failure: { kind: 'slow', limit: RULE_MS } };
    }
  }

  #verdict(programs: readonly Program[], context: Context): Verdict {
    for (const program of programs) {
      if (program.when !== null && answerOf(program.when, context).result !== 'pass') continue;
      return { ...answerOf(program.check, context), by: program };
    }
    return { result: 'not-applicable' };
  }
}

function compile(environment: Environment, { when, check }: RuleCheck): Program {
  return { when: when === null ? null : environment.parse(when), check: environment.parse(check) };
}

/** A fact that is missing is unknown; something that the entity does not state fails. */
function answerOf(program: ParseResult, context: Context): Verdict {
  try {
    const value: unknown = program(context);
    if (value === true) return { result: 'pass' };
    if (value === false) return { result: 'fail' };
    return { result: 'unknown', failure: { kind: 'value', type: typeof value } };
  } catch (error) {
    if (isTimeout(error)) throw error;
    if (error instanceof Unknown)
      return { result: 'unknown', failure: { kind: 'text', text: error.message } };
    return failed(error);
  }
}

function failed(error: unknown): Verdict {
  const { code, node, summary } = error as {
    code?: string;
    node?: Parameters<typeof pathOf>[0];
    summary?: string;
  };
  const path = code === 'no_such_key' && node ? pathOf(node)?.names : undefined;
  if (path) {
    const isFact = path[0] === 'facts' || path[0] === 'ages';
    return { result: isFact ? 'unknown' : 'fail', failure: { kind: 'missing', path } };
  }
  const text = summary ?? (error instanceof Error ? error.message : String(error));
  return { result: 'unknown', failure: { kind: 'text', text } };
}

function isTimeout(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

function factsIn(program: Program | undefined): string[] {
  if (!program) return [];
  const names = readsOf(program.check.ast).paths.flatMap(({ names: [root, name] }) =>
    (root === 'facts' || root === 'ages') && name ? [name] : [],
  );
  return [...new Set(names)];
}

function unset(): never {
  throw new Error('A rule was asked outside of an entity');
}
