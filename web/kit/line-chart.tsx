import { type PointerEvent, useState } from 'react';
import { dateOf } from './format.ts';
import styles from './line-chart.module.css';
import { linePath, nearest, placeOf, roundTop, type Value } from './line-scale.ts';
import { messages } from './messages.ts';
import { type Column, DataTable } from './table.tsx';

export interface Line {
  id: string;
  label: string;
  values: readonly Value[];
  /** Drawn as what should be, beside what is. */
  ideal?: boolean;
}

interface Props {
  label: string;
  /** YYYY-MM-DD, one for each value. */
  days: readonly string[];
  lines: readonly Line[];
  /** The day whose values are named while nobody points at another; the last when absent. */
  at?: number;
  /** The upper end; otherwise what the values need. */
  top?: number;
  /** How a value reads. */
  words: (value: Value) => string;
}

/** A line is told from the others by its dashes as well as by its shade. */
const look = (line: Line, index: number) => (line.ideal ? 'ideal' : String(Math.min(index, 5)));

/** The lines and what they stand for; their values on the day at which somebody points, or on the last. */
function Legend({ days, lines, words, at }: Pick<Props, 'days' | 'lines' | 'words'> & { at: number }) {
  return (
    <div className={styles.legend}>
      <span className={styles.day}>{dateOf(days[at] ?? '')}</span>
      <ul>
        {lines.map((line, index) => (
          <li key={line.id}>
            <svg viewBox="0 0 22 8" width="22" height="8" aria-hidden="true">
              <path className={styles.line} data-look={look(line, index)} d="M1 4 L21 4" />
            </svg>
            {line.label} <b>{words(line.values[at] ?? null)}</b>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Plot({ label, days, lines, top, pointed }: Props & { top: number; pointed: number | undefined }) {
  return (
    <svg
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className={styles.plot}
    >
      {[0, 50, 100].map((y) => (
        <path key={y} className={styles.grid} d={`M0 ${y} L100 ${y}`} />
      ))}
      {pointed !== undefined && (
        <path
          className={styles.pointer}
          d={`M${placeOf(pointed, days.length)} 0 L${placeOf(pointed, days.length)} 100`}
        />
      )}
      {lines.map((line, index) => (
        <path
          key={line.id}
          className={styles.line}
          data-look={look(line, index)}
          d={linePath(line.values, top)}
        />
      ))}
    </svg>
  );
}

/** The same numbers to read one by one. */
function Numbers({ label, days, lines, words }: Pick<Props, 'label' | 'days' | 'lines' | 'words'>) {
  const columns: readonly Column<number>[] = [
    { id: 'day', label: messages.kit.day, cell: (index) => dateOf(days[index] ?? '') },
    ...lines.map((line) => ({
      id: line.id,
      label: line.label,
      numeric: true,
      cell: (index: number) => words(line.values[index] ?? null),
    })),
  ];
  const newestFirst = [...days.keys()].reverse();
  return (
    <DataTable label={label} columns={columns} items={newestFirst} keyOf={(index) => days[index] ?? ''} />
  );
}

/** How numbers went from day to day: as lines, and as a table for whoever would rather read it. */
export function LineChart(props: Props) {
  const { label, days, lines, words } = props;
  const [pointed, setPointed] = useState<number>();
  const [read, setRead] = useState(false);
  const highest = Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const top = props.top ?? roundTop(highest);
  const point = (event: PointerEvent) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    setPointed(nearest((event.clientX - left) / width, days.length));
  };
  return (
    <div className={styles.chart}>
      <Legend days={days} lines={lines} words={words} at={pointed ?? props.at ?? days.length - 1} />
      <div className={styles.frame}>
        <span className={styles.scale} aria-hidden="true">
          <span>{words(top)}</span>
          <span>{words(top / 2)}</span>
          <span>{words(0)}</span>
        </span>
        <div className={styles.area} onPointerMove={point} onPointerLeave={() => setPointed(undefined)}>
          <Plot {...props} top={top} pointed={pointed} />
        </div>
      </div>
      <p className={styles.ends} aria-hidden="true">
        <span>{dateOf(days[0] ?? '')}</span>
        <span>{dateOf(days.at(-1) ?? '')}</span>
      </p>
      <details className={styles.numbers} onToggle={(event) => setRead(event.currentTarget.open)}>
        <summary>{messages.kit.asTable}</summary>
        {read && <Numbers label={label} days={days} lines={lines} words={words} />}
      </details>
    </div>
  );
}
