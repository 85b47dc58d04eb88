import { placeText } from '#web/kit/format.ts';
import { levelTone, Status } from '#web/kit/status.tsx';
import type { ScorecardCard } from './queries.ts';
import styles from './scorecards.module.css';

interface Props {
  problems: ScorecardCard['problems'];
  /** What a line counts in. */
  file: string;
}

/** What is wrong with a descriptor, where, and what mends it. */
export function Problems({ problems, file }: Props) {
  return (
    <ul className={styles.problems}>
      {problems.map((problem) => (
        <li key={`${problem.line} ${problem.field} ${problem.message}`}>
          <Status tone={levelTone(problem.level)}>{problem.message}</Status>
          <p className={styles.quiet}>
            {problem.line !== undefined && <code>{placeText(file, problem.line, problem.column)} </code>}
            {problem.remedy}
          </p>
        </li>
      ))}
    </ul>
  );
}
