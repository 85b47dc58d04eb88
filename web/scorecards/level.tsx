import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { capital } from '#web/kit/words.ts';
import styles from './level.module.css';
import { type Counts, stepOf } from './share.ts';

/** A level as a small ladder with its word: as many rungs as there are levels, filled as far as it reaches. */
export function LevelMark({ level, levels }: { level: string | null; levels: readonly string[] }) {
  const reached = level === null ? 0 : levels.indexOf(level) + 1;
  return (
    <span className={styles.level}>
      <span className={styles.ladder} aria-hidden="true">
        {levels.map((name, index) => (
          <i key={name} data-on={index < reached} />
        ))}
      </span>
      <span className={level === null ? styles.none : undefined}>
        {level === null ? text.noLevel : capital(level)}
      </span>
    </span>
  );
}

interface BarProps {
  byLevel: Counts;
  levels: readonly string[];
}

/** How many stand at each level, from the highest: as a thin bar, and in words. */
export function LevelsBar({ byLevel, levels }: BarProps) {
  const parts = [...levels]
    .reverse()
    .map((level) => ({
      id: level,
      step: stepOf(levels.indexOf(level), levels.length),
      count: byLevel[level] ?? 0,
    }))
    .concat({ id: 'none', step: 0, count: byLevel.none ?? 0 })
    .filter(({ count }) => count > 0);
  if (parts.length === 0) return <span className={styles.none}>{text.nothingYet}</span>;
  return (
    <span className={styles.distribution}>
      <span className={styles.bar} aria-hidden="true">
        {parts.map(({ id, step, count }) => (
          <i key={id} data-step={step} style={{ flexGrow: count }} />
        ))}
      </span>
      <span className={styles.words}>
        {parts
          .map(({ id, count }) => (id === 'none' ? text.atNone(count) : text.atLevel(count, id)))
          .join(', ')}
      </span>
    </span>
  );
}
