/** Checks the expressions of a scorecard, and says where in the descriptor each mistake is. */
import type { Environment } from '@marcbachmann/cel-js';
import type { Problem } from '#model/contribution.ts';
import { AtriumError } from '#model/errors.ts';
import type { RuleCheck, Scorecard } from '#model/scorecard.ts';
import { parseFilters } from '../catalog/index.ts';
import { faultOf } from './engine/environment.ts';

export function faultsOf({ rules, appliesTo }: Scorecard, environment: Environment): Problem[] {
  const ofRules = rules.flatMap(({ checks }, index) =>
    checks.flatMap((check, position) => [
      ...faultIn(environment, check.check, fieldOf(index, checks, position, 'check')),
      ...(check.when === null
        ? []
        : faultIn(environment, check.when, fieldOf(index, checks, position, 'when'))),
    ]),
  );
  return [...ofScope(appliesTo), ...ofRules];
}

/** A single check stands as `check`, after the variants of `checks`. */
function fieldOf(rule: number, checks: readonly RuleCheck[], position: number, name: string): string {
  const isPlain = position === checks.length - 1 && checks[position]?.when === null;
  return isPlain ? `spec.rules.${rule}.check` : `spec.rules.${rule}.checks.${position}.${name}`;
}

function faultIn(environment: Environment, text: string, field: string): Problem[] {
  const fault = faultOf(environment, text);
  if (!fault) return [];
  const part = text.slice(fault.start, fault.end);
  const at = part && part !== text ? ` at “${part}” (character ${fault.start + 1})` : '';
  return [
    {
      level: 'error',
      field,
      message: `${fault.message}${at} in: ${text}`,
      remedy: 'Correct the expression; the scorecard editor completes what there is.',
    },
  ];
}

function ofScope(appliesTo: readonly string[]): Problem[] {
  try {
    parseFilters(appliesTo);
    return [];
  } catch (error) {
    if (!(error instanceof AtriumError)) throw error;
    return [{ level: 'error', field: 'spec.appliesTo', message: error.message, remedy: error.remedy }];
  }
}
