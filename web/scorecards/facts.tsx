import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { cx } from '#web/kit/cx.ts';
import { placeText } from '#web/kit/format.ts';
import { scorecardMessages } from '#web/kit/messages/scorecards.ts';
import { Section } from '#web/kit/page-head.tsx';
import { Load } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { type Column, DataTable } from '#web/kit/table.tsx';
import { Time } from '#web/kit/time.tsx';
import { factWords, isAbridged } from './fact-words.ts';
import styles from './ladder.module.css';
import { type Fact, factsQuery } from './queries.ts';

const text = scorecardMessages.factList;

function Value({ fact }: { fact: Fact }) {
  return (
    <div className={styles.value}>
      {factWords(fact.value)}
      {isAbridged(fact.value) && (
        <details>
          <summary>
            {text.whole}
            <span className="visually-hidden"> {fact.title}</span>
          </summary>
          <pre>{JSON.stringify(fact.value, null, 2)}</pre>
        </details>
      )}
    </div>
  );
}

/** A report of a machine or a person is no source that has a page. */
function Source({ source }: { source: string }) {
  if (source.startsWith('report:')) return source.slice('report:'.length);
  return <Link to={`/sources/${encodeURIComponent(source)}`}>{source}</Link>;
}

const columns: readonly Column<Fact>[] = [
  {
    id: 'fact',
    label: text.fact,
    cell: (fact) => (
      <div className={styles.fact}>
        {fact.title} <span className={cx(styles.quiet, styles.factName)}>{fact.name}</span>
      </div>
    ),
  },
  { id: 'value', label: text.value, cell: (fact) => <Value fact={fact} /> },
  {
    id: 'place',
    label: text.place,
    wideOnly: true,
    cell: (fact) => fact.path && <code>{placeText(fact.path, fact.line)}</code>,
  },
  { id: 'source', label: text.source, wideOnly: true, cell: (fact) => <Source source={fact.source} /> },
  {
    id: 'age',
    label: text.age,
    numeric: true,
    cell: (fact) =>
      fact.stale ? (
        <span title={text.stale}>
          <Status tone="warn">
            <Time at={fact.at} />
          </Status>
        </span>
      ) : (
        <span className={styles.age}>
          <Time at={fact.at} />
        </span>
      ),
  },
];

/** All that is observed of a thing: what rules can ask about. */
export function FactsSection({ entityRef }: { entityRef: string }) {
  const facts = useQuery(factsQuery(entityRef));
  return (
    <Section title={text.title}>
      <Load query={facts} rows={4}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={styles.quiet}>{text.empty}</p>
          ) : (
            <DataTable label={text.title} columns={columns} items={items} keyOf={({ name }) => name} />
          )
        }
      </Load>
    </Section>
  );
}
