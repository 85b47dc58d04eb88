import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { levelTone, Status } from '#web/kit/status.tsx';
import type { ScorecardCard } from './queries.ts';
import styles from './scorecards.module.css';

const text = scorecardMessages.editor;

interface Props {
  problems: ScorecardCard['problems'];
}

/** What is wrong with a descriptor, where, and what mends it. */
export function Problems({ problems }: Props) {
  return (
    <ul className={styles.problems}>
      {problems.map((problem) => (
        <li key={`${problem.line} ${problem.field} ${problem.message}`}>
          <Status tone={levelTone(problem.level)}>{problem.message}</Status>
          <p className={styles.quiet}>
            {problem.line !== undefined && <b>{text.line(problem.line, problem.column)} </b>}
            {problem.remedy}
          </p>
        </li>
      ))}
    </ul>
  );
}
