import { Link } from '@tanstack/react-router';
import { placeText } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { entityPath, refName } from '#web/kit/ref.ts';
import { levelTone, Status } from '#web/kit/status.tsx';
import type { SourceProblem } from './queries.ts';
import styles from './sources.module.css';

/** The file with its repository, which the path alone does not say. */
function partPath({ part, path }: SourceProblem): string {
  const whole = part.replace('//', '/');
  return path && !whole.endsWith(path) ? `${whole}/${path}` : whole;
}

/** Each problem with its place and what mends it. */
export function ProblemTable({
  problems,
  withSource,
}: {
  problems: readonly SourceProblem[];
  withSource?: boolean;
}) {
  if (problems.length === 0) return <Status tone="good">{messages.sources.noProblems}</Status>;
  return (
    <ul>
      {problems.map((problem) => (
        <li
          key={`${problem.part}-${problem.line}-${problem.field}-${problem.message}`}
          className={styles.problem}
        >
          <Status tone={levelTone(problem.level)}>{problem.message}</Status>
          <p className={styles.remedy}>{problem.remedy}</p>
          <p className={styles.place}>
            <code>{placeText(partPath(problem), problem.line, problem.column)}</code>
            {problem.ref && <Link to={entityPath(problem.ref)}>{refName(problem.ref)}</Link>}
            {withSource && (
              <Link to={`/sources/${encodeURIComponent(problem.source)}`}>{problem.source}</Link>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
