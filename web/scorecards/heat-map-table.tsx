import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, type MouseEvent, memo, useId, useMemo } from 'react';
import { count } from '#web/kit/format.ts';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { stringifySearch, type UrlSearch } from '#web/kit/url.ts';
import { capital } from '#web/kit/words.ts';
import styles from './heat-map.module.css';
import type { HeatMap } from './queries.ts';
import { type Counts, present, shadeOf, shareOf, UNKNOWN_SHADE } from './share.ts';
import { useGridFocus } from './use-grid-focus.ts';

type Row = HeatMap['rows'][number];
type RuleHead = HeatMap['rules'][number];

/** Leads to the things behind a cell; a new tab opens as with any link. */
type Go = (event: MouseEvent, search: UrlSearch) => void;

/** Neighbouring rules of one level, for the head above them. */
function levelRuns(rules: readonly RuleHead[]): { level: string; from: string; span: number }[] {
  const runs: { level: string; from: string; span: number }[] = [];
  for (const { level, id } of rules) {
    const last = runs.at(-1);
    if (last?.level === level) last.span++;
    else runs.push({ level, from: id, span: 1 });
  }
  return runs;
}

function wordsOf(counts: Counts): string {
  const { passed, of, share } = shareOf(counts);
  const others = present(counts).filter(([result]) => result !== 'pass');
  const rest = others.map(([result, number]) => text.resultCount(number, result));
  if (share === null) return rest.join(', ') || text.heat.nothing;
  return [text.heat.passing(passed, of), ...rest].join(', ');
}

/** Without a share there is still something to say: that nothing is known, or that the rule is for others. */
function shownOf(counts: Counts): string {
  const { share, passed } = shareOf(counts);
  if (passed === 0 && shadeOf(counts) === UNKNOWN_SHADE) return '?';
  if (share !== null) return `${Math.floor(share * 100)}%`;
  return (counts.exempt ?? 0) + (counts.grace ?? 0) > 0 ? '·' : '–';
}

interface LineProps {
  row: Row;
  index: number;
  rules: readonly RuleHead[];
  at: string | undefined;
  /** The column of this row that the Tab key reaches, if any. */
  reached: number;
  go: Go;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  onFocus: (row: number, column: number) => void;
}

/** Drawn anew only when its numbers or its place in the order of the keyboard change. */
const Line = memo(function Line({ row, index, rules, at, reached, go, onKeyDown, onFocus }: LineProps) {
  const team = row.team?.title ?? text.list.nobody;
  const base = { tab: 'entities', owner: row.team?.ref ?? 'none', ...(at && { at }) };
  const cell = (column: number, search: UrlSearch) => ({
    onClick: (event: MouseEvent) => go(event, search),
    'data-row': index,
    'data-column': column,
    tabIndex: reached === column ? 0 : -1,
    onKeyDown,
    onFocus: () => onFocus(index, column),
  });
  return (
    <tr>
      <th scope="row">
        <a href={stringifySearch(base)} {...cell(0, base)}>
          {team}
        </a>
      </th>
      <td className={styles.plain}>{count(row.entities)}</td>
      <td className={styles.plain}>{text.percent(row.percent)}</td>
      {rules.map((rule, column) => {
        const counts = row.cells[column] ?? {};
        const [shown, words] = [shownOf(counts), wordsOf(counts)];
        const search = { ...base, rule: rule.id };
        return (
          <td key={rule.id} data-shade={shadeOf(counts) ?? undefined}>
            <a
              href={stringifySearch(search)}
              {...cell(column + 1, search)}
              title={`${rule.title}: ${words}`}
              aria-label={text.heat.cell(team, rule.title, `${shown}, ${words}`)}
            >
              {shown}
            </a>
          </td>
        );
      })}
    </tr>
  );
});

function Head({ rules }: { rules: readonly RuleHead[] }) {
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={2} className={styles.corner}>
          {text.heat.team}
        </th>
        <th scope="col" rowSpan={2} className={styles.plain}>
          {text.heat.entities}
        </th>
        <th scope="col" rowSpan={2} className={styles.plain}>
          {text.mean}
        </th>
        {levelRuns(rules).map(({ level, from, span }) => (
          <th key={from} scope="colgroup" colSpan={span} className={styles.levelHead}>
            {capital(level)}
          </th>
        ))}
      </tr>
      <tr>
        {rules.map((rule) => (
          <th key={rule.id} scope="col" className={styles.ruleHead} title={rule.title}>
            <span>{rule.title}</span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface Props {
  rules: readonly RuleHead[];
  rows: readonly Row[];
  at: string | undefined;
}

/** Teams against rules, each cell with its share as number and shade, in a region that scrolls by itself. */
export function HeatMapTable({ rules, rows, at }: Props) {
  const keys = useId();
  const navigate = useNavigate();
  const { focused, onKeyDown, onFocus } = useGridFocus();
  const go = useMemo<Go>(
    () => (event, search) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
      event.preventDefault();
      void navigate({ to: '.', search } as unknown as Parameters<typeof navigate>[0]);
    },
    [navigate],
  );
  const [row, column] = focused;
  // Rows may have gone since: then the first one is where the keyboard comes in.
  const reached = row < rows.length && column <= rules.length ? focused : ([0, 0] as const);
  return (
    <section className={styles.region} aria-label={text.heat.label} aria-describedby={keys}>
      <p id={keys} className="visually-hidden">
        {text.heat.keys}
      </p>
      <table className={styles.heat}>
        <Head rules={rules} />
        <tbody>
          {rows.map((each, index) => (
            <Line
              key={each.team?.ref ?? 'none'}
              row={each}
              index={index}
              rules={rules}
              at={at}
              reached={index === reached[0] ? reached[1] : -1}
              go={go}
              onKeyDown={onKeyDown}
              onFocus={onFocus}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}
