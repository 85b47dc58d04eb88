import { Link } from '@tanstack/react-router';
import { cx } from '#web/kit/cx.ts';
import { dateOf } from '#web/kit/format.ts';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { Status, type Tone } from '#web/kit/status.tsx';
import { capital } from '#web/kit/words.ts';
import { docsPath, keptSearch } from '../paths.ts';
import type { DocSite } from '../queries.ts';
import styles from './decisions.module.css';
import { decisionsOf } from './site-tree.ts';

const text = docsMessages.decisions;
const tones: Record<string, Tone> = {
  accepted: 'good',
  proposed: 'warn',
  draft: 'warn',
  rejected: 'bad',
};

export function DecisionStatus({ status }: { status: string | undefined }) {
  if (!status) return <Status tone="quiet">{text.unknown}</Status>;
  const [word = ''] = status.toLowerCase().split(/\W/);
  return <Status tone={tones[word] ?? 'quiet'}>{capital(status)}</Status>;
}

/** What was decided, newest first. */
export function Timeline({ site, version }: { site: DocSite; version: string | undefined }) {
  const decisions = decisionsOf(site.nav);
  return (
    <div className={styles.timeline}>
      <h1>{text.title}</h1>
      <p className={styles.hint}>{text.hint(decisions.length)}</p>
      <ol>
        {decisions.map(({ title, page, status, date }) => (
          <li key={page} className={cx(status?.startsWith('superseded') && styles.past)}>
            <span className={styles.date}>{date ? dateOf(date) : text.undated}</span>
            <Link to={docsPath(site.card.ref, page)} search={keptSearch(version) as never}>
              {title}
            </Link>
            <DecisionStatus status={status} />
          </li>
        ))}
      </ol>
    </div>
  );
}
