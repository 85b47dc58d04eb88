/** A named standard as its author wrote it: `kind: Scorecard`, `atrium.dev/v1alpha1`. */

/** Of one rule for one entity; see glossary. `grace` fails, and does not count yet. */
export const results = ['pass', 'fail', 'unknown', 'exempt', 'grace', 'not-applicable'] as const;
export type Result = (typeof results)[number];

export interface Remedy {
  text: string | null;
  url: string | null;
  /** Where it is written how, as an address or a path of docs. */
  document: string | null;
  /** Ref of the template that mends it, and what its form is filled with. */
  template: string | null;
  values: Record<string, unknown>;
}

/** One way to check a rule, for the entities for which `when` holds. */
export interface RuleCheck {
  /** In CEL; null holds for all. */
  when: string | null;
  check: string;
}

export type Effort = 'small' | 'medium' | 'large';

export interface Rule {
  id: string;
  title: string;
  description: string | null;
  level: string;
  weight: number;
  effort: Effort;
  version: number;
  /** The first whose `when` holds counts; where none does, the rule is not applicable. */
  checks: RuleCheck[];
  why: string | null;
  /** Address that says why. */
  source: string | null;
  remedy: Remedy;
  /** Day on which the rule came, YYYY-MM-DD; its grace counts from there. */
  since: string | null;
  graceDays: number;
  /** What fails becomes an item in the register of debt by itself. */
  debt: boolean;
}

export interface Scorecard {
  ref: string;
  title: string;
  description: string | null;
  /** As written. */
  owner: string | null;
  draft: boolean;
  /** Filters of the catalog; any of them takes an entity in. */
  appliesTo: string[];
  /** From the lowest to the highest. */
  levels: string[];
  /** Of services that are new, by their first commit. */
  graceDays: number;
  rules: Rule[];
}

/** Rules with a deadline, and who is to keep them: `kind: Campaign`. */
export interface Campaign {
  ref: string;
  title: string;
  description: string | null;
  owner: string | null;
  /** Canonical ref. */
  scorecard: string;
  /** Ids; those of `level` and below where none are named. */
  rules: string[];
  level: string | null;
  /** Days, YYYY-MM-DD. */
  starts: string | null;
  deadline: string;
  audience: string[];
  /** Days before the deadline on which owners are reminded. */
  remindDays: number[];
  /** Issues are opened in repositories, and closed when rules pass. */
  issues: boolean;
}

const effortWeight: Record<Effort, number> = { small: 1, medium: 3, large: 8 };

/** How much a rule gives for the work that it takes. */
export function gainOf({ weight, effort }: Pick<Rule, 'weight' | 'effort'>): number {
  return weight / effortWeight[effort];
}
