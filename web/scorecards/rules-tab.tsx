import { Link } from '@tanstack/react-router';
import { cx } from '#web/kit/cx.ts';
import { dateOf } from '#web/kit/format.ts';
import { scorecardMessages as text } from '#web/kit/messages/scorecards.ts';
import { Section } from '#web/kit/page-head.tsx';
import { capital } from '#web/kit/words.ts';
import { type ScorecardPage, scorecardPath } from './queries.ts';
import { Checks, RemedyLinks, SourceLink } from './rule-parts.tsx';
import styles from './rules.module.css';
import { present } from './share.ts';

type Rule = ScorecardPage['rules'][number];

/** How many have each result, each leading to them. */
function Counts({ rule, page }: { rule: Rule; page: ScorecardPage }) {
  const counts = present(rule.results);
  if (counts.length === 0) return <span>{text.rule.none}</span>;
  return (
    <>
      {counts.map(([result, number]) => (
        <Link
          key={result}
          to={scorecardPath(page.card.ref)}
          search={{ tab: 'entities', rule: rule.id, result }}
        >
          {text.resultCount(number, result)}
        </Link>
      ))}
    </>
  );
}

function Terms({ rule }: { rule: Rule }) {
  const terms = [
    text.rule.effort[rule.effort],
    text.rule.weight(rule.weight),
    rule.version > 1 && text.rule.version(rule.version),
    rule.since && text.rule.since(dateOf(rule.since)),
    rule.graceDays > 0 && text.rule.grace(rule.graceDays),
    rule.debt && text.rule.debt,
  ];
  return <p className={styles.terms}>{terms.filter(Boolean).join(' · ')}</p>;
}

function RuleItem({ rule, page }: { rule: Rule; page: ScorecardPage }) {
  return (
    <li className={styles.rule} id={rule.id}>
      <div>
        <h3>{rule.title}</h3>
        {rule.description && <p>{rule.description}</p>}
        {rule.why && <p className={styles.why}>{rule.why}</p>}
        <p className={styles.links}>
          <SourceLink source={rule.source} />
          <RemedyLinks remedy={rule.remedy} />
        </p>
        <Terms rule={rule} />
      </div>
      <div>
        <Checks checks={rule.checks} />
        <p className={styles.counts}>
          <Counts rule={rule} page={page} />
        </p>
      </div>
    </li>
  );
}

/** What the standard asks for, level by level, and why. */
export function RulesTab({ page }: { page: ScorecardPage }) {
  return (
    <div className={styles.page}>
      <p className={cx(styles.terms, styles.scope)}>
        {text.rule.appliesTo} <code>{page.appliesTo.join('  |  ')}</code>
        {page.graceDays > 0 && ` · ${text.rule.grace(page.graceDays)}`}
      </p>
      {page.card.levels.map((level) => (
        <Section key={level} title={capital(level)}>
          <ul>
            {page.rules
              .filter((rule) => rule.level === level)
              .map((rule) => (
                <RuleItem key={rule.id} rule={rule} page={page} />
              ))}
          </ul>
        </Section>
      ))}
    </div>
  );
}
