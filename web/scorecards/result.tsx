import {
  CircleCheck,
  CircleMinus,
  CirclePause,
  CircleQuestionMark,
  CircleX,
  Hourglass,
  type LucideIcon,
} from 'lucide-react';
import type { Result } from '#model/scorecard.ts';
import { dateOf } from '#web/kit/format.ts';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import type { Scores } from './queries.ts';
import styles from './result.module.css';

const icons: Record<Result, LucideIcon> = {
  pass: CircleCheck,
  fail: CircleX,
  unknown: CircleQuestionMark,
  exempt: CirclePause,
  grace: Hourglass,
  'not-applicable': CircleMinus,
};

function Icon({ result }: { result: Result }) {
  const Shape = icons[result];
  return <Shape size={15} strokeWidth={2} aria-hidden="true" />;
}

/** What a rule says, as shape, word and colour. */
export function ResultMark({ result, until }: { result: Result; until?: string | null }) {
  const word = text.result[result];
  return (
    <span className={styles.result} data-result={result}>
      <Icon result={result} />
      <span>{until ? text.resultUntil(word, dateOf(until)) : word}</span>
    </span>
  );
}

interface StripProps {
  results: readonly Result[];
  rules: Scores['rules'];
}

/** All results of a thing in the order of the rules, small; in words for whoever cannot see them. */
export function ResultStrip({ results, rules }: StripProps) {
  const applicable = results.filter((result) => result !== 'not-applicable').length;
  const passed = results.filter((result) => result === 'pass').length;
  const failing = rules.filter((_, index) => results[index] === 'fail').map(({ title }) => title);
  return (
    <span className={styles.strip}>
      <span className="visually-hidden">
        {text.list.passes(passed, applicable)}
        {failing.length > 0 && text.list.fails(failing.join(', '))}
      </span>
      {rules.map((rule, index) => {
        const result = results[index] ?? 'unknown';
        return (
          <span
            key={rule.id}
            className={styles.result}
            data-result={result}
            title={`${rule.title}: ${text.result[result]}`}
            aria-hidden="true"
          >
            <Icon result={result} />
          </span>
        );
      })}
    </span>
  );
}
