/** Problems as they are found, before it is known since when they are there. */
import { clean } from '../../kernel/store/row-set.ts';
import type { DocProblem } from '../contract.ts';
import type { Outline } from '../tables.ts';

export interface FoundProblem extends Omit<DocProblem, 'since' | 'report'> {
  /** Address of the page below its site. */
  page: string;
  /** Where it is known: otherwise it is there since it was first found. */
  since?: Date;
  /** Id of the report of a reader. */
  report?: string;
}

/** A page as the index has it. */
export interface RotPage {
  /** Address below the site. */
  page: string;
  /** In its folder, as links between pages name it. */
  path: string;
  /** In the repository. */
  at: string;
  title: string;
  outline: Outline;
  /** It tells what was: a decision, a changelog, notes on a release. What it names may be gone. */
  historical: boolean;
}

/** Of one kind, on one page; more tell nothing new. */
const MOST_OF_A_KIND = 50;
/** The store keeps an index of messages, which has room for some 2,700 bytes of page and message. */
const LONGEST_MESSAGE = 400;
const LONGEST_NAME = 200;

/** Each once, with the first line on which it stands, in texts that the store can hold. */
export function tidy(found: readonly FoundProblem[]): FoundProblem[] {
  const byKey = new Map<string, FoundProblem>();
  const counts = new Map<string, number>();
  for (const problem of found) {
    const message = bounded(problem.message);
    const kind = `${problem.page}\n${problem.kind}`;
    const key = `${kind}\n${message}`;
    const known = byKey.get(key);
    if (known) known.line = firstOf(known.line, problem.line);
    else if ((counts.get(kind) ?? 0) < MOST_OF_A_KIND) {
      byKey.set(key, { ...problem, message, remedy: bounded(problem.remedy) });
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
  }
  return [...byKey.values()];
}

/** As the store gives it back: half of a sign would become another. */
function bounded(text: string): string {
  return clean(text).slice(0, LONGEST_MESSAGE).toWellFormed();
}

function firstOf(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** What somebody wrote, as a part of a sentence. */
export function shown(written: string): string {
  return written.length > LONGEST_NAME ? `${written.slice(0, LONGEST_NAME)}…` : written;
}
