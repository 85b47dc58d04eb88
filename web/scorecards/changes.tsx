import { Link } from '@tanstack/react-router';
import { CircleArrowDown, CircleArrowUp } from 'lucide-react';
import { cx } from '#web/kit/cx.ts';
import { KindGlyph } from '#web/kit/kind.tsx';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { entityPath, readRef } from '#web/kit/ref.ts';
import { Time } from '#web/kit/time.tsx';
import type { LevelChange } from './queries.ts';
import styles from './scorecards.module.css';

export const scorecardsTab = { tab: 'scorecards' };

/** A thing, leading to what scorecards say of it. */
export function ScoredLink({ entityRef, title }: { entityRef: string; title: string }) {
  return (
    <span className={styles.scored}>
      <KindGlyph kind={readRef(entityRef).kind} />
      <Link to={entityPath(entityRef)} search={scorecardsTab} title={entityRef}>
        {title}
      </Link>
    </span>
  );
}

function Change({ change }: { change: LevelChange }) {
  const Arrow = change.promoted ? CircleArrowUp : CircleArrowDown;
  const level = (name: string | null) => name ?? text.noLevel;
  return (
    <li className={styles.change}>
      <span className={cx(styles.arrow, change.promoted ? styles.good : styles.warn)}>
        <Arrow size={16} aria-hidden="true" />
        <span className="visually-hidden">{change.promoted ? text.promoted : text.demoted}</span>
      </span>
      <ScoredLink entityRef={change.ref} title={change.title} />
      <span className={styles.end}>
        <Time at={change.at} />
      </span>
      <p className={styles.quiet}>
        {change.scorecardTitle}: {text.fromTo(level(change.from), level(change.to))}
      </p>
    </li>
  );
}

/** What rose and what fell, newest first. */
export function LevelChangeList({ items }: { items: readonly LevelChange[] }) {
  return (
    <ul>
      {items.map((change) => (
        <Change key={`${change.scorecard} ${change.ref} ${change.at}`} change={change} />
      ))}
    </ul>
  );
}
