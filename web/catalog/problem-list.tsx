import type { GoldenRecord } from '#server/catalog/contract.ts';
import { placeText } from '#web/kit/format.ts';
import { levelTone, Status } from '#web/kit/status.tsx';
import styles from './catalog.module.css';

type Problem = GoldenRecord['problems'][number];

/** What is wrong, where, and how to mend it. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul className={styles.problems}>
      {problems.map((problem) => {
        const place = placeText(problem.path, problem.line, problem.column);
        return (
          <li key={`${place}-${problem.field}-${problem.message}`}>
            <div className={styles.problemHead}>
              <Status tone={levelTone(problem.level)}>{problem.message}</Status>
              {place && <code className={styles.problemPlace}>{place}</code>}
            </div>
            <p className={styles.remedy}>{problem.remedy}</p>
          </li>
        );
      })}
    </ul>
  );
}
