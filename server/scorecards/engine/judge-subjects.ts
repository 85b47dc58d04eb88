/** Judges entities by rules, within bounds of time: what the thread does, without the thread. */
import type { Result } from '#model/scorecard.ts';
import { TooSlow, within } from '#model/time-limit.ts';
import type { Answer, JudgeTask, Subject } from './protocol.ts';
import { RuleSet } from './rule-set.ts';
import { bornOf, contextOf, surroundingsOf } from './subject.ts';

/** Of all subjects of a task together; those that are slow are then judged rule by rule. */
const TASK_MS = 2000;
const MOST_SETS = 200;

export class SubjectJudge {
  /** Rules that were compiled before, by their key. */
  readonly #sets = new Map<string, RuleSet>();

  judge(task: JudgeTask): Answer[] {
    const sets = task.sets.map((source) => this.#setOf(source));
    const kinds = new Map(task.kinds.map((kind) => [kind.name, kind]));
    const now = new Date(task.now);
    const prepared = task.subjects.map((subject) => {
      const context = contextOf(subject, kinds, task.now);
      return { subject, context, surroundings: surroundingsOf(subject, context, now), born: bornOf(context) };
    });
    const own = ({ by }: Subject) => by.map((position) => sets[position] ?? missing());
    const judgeAll = (patiently: boolean): Answer[] =>
      prepared.map(({ subject, context, surroundings, born }) => {
        const how = patiently ? 'judgePatiently' : 'judge';
        const results: Result[][] = own(subject).map((set) => set[how](context, surroundings));
        return { results, born };
      });
    const explainAll = (patiently: boolean): Answer[] =>
      prepared.map(({ subject, context, surroundings, born }) => {
        const said = own(subject).map((set) => set.explain(context, surroundings, patiently));
        return {
          results: said.map(({ results }) => results),
          reasons: said.map(({ reasons }) => reasons),
          born,
        };
      });
    return hurried(task.explain ? explainAll : judgeAll);
  }

  #setOf({ key, rules }: JudgeTask['sets'][number]): RuleSet {
    const known = this.#sets.get(key);
    if (known) return known;
    if (this.#sets.size >= MOST_SETS) this.#sets.clear();
    const made = new RuleSet(rules);
    this.#sets.set(key, made);
    return made;
  }
}

/** All at once; where that takes too long, rule by rule. */
function hurried(work: (patiently: boolean) => Answer[]): Answer[] {
  try {
    return within(TASK_MS, () => work(false));
  } catch (error) {
    if (!(error instanceof TooSlow)) throw error;
    return work(true);
  }
}

function missing(): never {
  throw new Error('A subject names a rule set that was not sent');
}
