import { FileText, Pencil } from 'lucide-react';
import { safeHref } from '#web/kit/href.ts';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { Status } from '#web/kit/status.tsx';
import { Time } from '#web/kit/time.tsx';
import { CloseReport } from '../close-report.tsx';
import { problemTone } from '../problem-tone.ts';
import type { DocPage } from '../queries.ts';
import styles from './contents.module.css';

const text = docsMessages.reader;
const WORDS_A_MINUTE = 220;
const COMMIT = 7;

function Change({ change }: { change: NonNullable<DocPage['change']> }) {
  const commit = change.commit.slice(0, COMMIT);
  const url = safeHref(change.url ?? undefined);
  return (
    <dd>
      {change.author}, <Time at={change.at} />
      <span className={styles.commit} title={change.subject}>
        {url ? (
          <a href={url} target="_blank" rel="noreferrer">
            <code>{commit}</code>
          </a>
        ) : (
          <code>{commit}</code>
        )}{' '}
        {change.subject}
      </span>
    </dd>
  );
}

/** Who wrote it and when, and the ways to its source. */
export function PageFacts({ page, version }: { page: DocPage; version: string | undefined }) {
  // What is read at a version was committed; of one that was fetched, its history is missing.
  const unknown = version === undefined ? text.uncommitted : text.unknownChange;
  const edit = safeHref(page.edit ?? undefined);
  return (
    <div className={styles.facts}>
      <dl>
        <dt>{text.lastChange}</dt>
        {page.change ? <Change change={page.change} /> : <dd>{unknown}</dd>}
      </dl>
      <p className={styles.quiet}>{text.minutes(Math.max(1, Math.round(page.words / WORDS_A_MINUTE)))}</p>
      <ul className={styles.links}>
        {edit && (
          <li>
            <a href={edit} target="_blank" rel="noreferrer">
              <Pencil size={13} aria-hidden="true" /> {text.edit}
            </a>
          </li>
        )}
        <li>
          <a href={page.markdown} target="_blank" rel="noreferrer">
            <FileText size={13} aria-hidden="true" /> {text.markdown}
          </a>
        </li>
      </ul>
    </div>
  );
}

export function PageProblems({ problems }: Pick<DocPage, 'problems'>) {
  if (problems.length === 0) return null;
  return (
    <section className={styles.problems}>
      <h2>{text.problems}</h2>
      <ul>
        {problems.map((problem) => (
          <li key={`${problem.kind} ${problem.line} ${problem.message}`}>
            <Status tone={problemTone(problem.kind)}>{problem.message}</Status>
            <p>
              {problem.remedy}
              {problem.line !== null && ` (${text.line(problem.line)})`}
            </p>
            <CloseReport report={problem.report} />
          </li>
        ))}
      </ul>
    </section>
  );
}
