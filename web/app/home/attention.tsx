import type { Summary } from '#web/catalog/queries.ts';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { messages } from '#web/kit/messages.ts';
import { unownedSearch } from '#web/kit/ownable.ts';
import { Section } from '#web/kit/page-head.tsx';
import { anyKind, staleSearch } from '#web/kit/software.ts';
import { Status, type Tone } from '#web/kit/status.tsx';
import type { UrlSearch } from '#web/kit/url.ts';
import type { Sources } from '#web/sources/queries.ts';
import styles from './home.module.css';

const text = messages.home;

interface Debt {
  id: string;
  tone: Tone;
  what: string;
  hint: string;
  action: string;
  to: string;
  search?: UrlSearch;
}

function sourceDebts(sources: Sources): Debt[] {
  return sources.sources
    .filter((source) => source.state === 'failed' || (sources.ready && source.stale))
    .map((source) => {
      const failed = source.state === 'failed';
      return {
        id: `source-${source.id}`,
        tone: failed ? 'bad' : 'warn',
        what: failed ? text.sourceFailed(source.title) : text.sourceLate(source.title),
        hint: source.error?.message ?? source.target,
        action: text.sourceDo,
        to: `/sources/${encodeURIComponent(source.id)}`,
      };
    });
}

function catalogDebts(summary: Summary, problems: number): Debt[] {
  const debts: (Debt & { count: number })[] = [
    {
      id: 'unowned',
      count: summary.unowned,
      tone: 'warn',
      what: text.unowned(summary.unowned),
      hint: text.unownedHint,
      action: text.unownedDo,
      to: '/catalog',
      search: unownedSearch,
    },
    {
      id: 'problems',
      count: problems,
      tone: 'bad',
      what: text.problems(problems),
      hint: text.problemsHint,
      action: text.problemsDo,
      to: '/sources',
      search: { tab: 'problems' },
    },
    {
      id: 'unreviewed',
      count: summary.unreviewed,
      tone: 'quiet',
      what: text.unreviewed(summary.unreviewed),
      hint: text.unreviewedHint,
      action: text.unreviewedDo,
      to: '/review',
    },
    {
      id: 'stale',
      count: summary.stale,
      tone: 'warn',
      what: text.stale(summary.stale),
      hint: text.staleHint,
      action: text.staleDo,
      to: '/catalog',
      search: staleSearch,
    },
    {
      id: 'orphaned',
      count: summary.orphaned,
      tone: 'warn',
      what: text.orphaned(summary.orphaned),
      hint: text.orphanedHint,
      action: text.orphanedDo,
      to: '/catalog',
      search: { kind: anyKind, freshness: 'orphaned' },
    },
  ];
  return debts.filter((debt) => debt.count > 0);
}

/** What is owed, each with the step that pays it. */
export function Attention({ summary, sources }: { summary: Summary; sources: Sources | undefined }) {
  const problems = sources?.sources.reduce((sum, source) => sum + source.problems, 0) ?? summary.withProblems;
  const debts = [...(sources ? sourceDebts(sources) : []), ...catalogDebts(summary, problems)];
  return (
    <Section title={text.attention}>
      {debts.length === 0 && (
        <div className={styles.row}>
          <Status tone="good">{text.calm}</Status>
          <span className={styles.hint}>{text.calmHint}</span>
        </div>
      )}
      <ul>
        {debts.map((debt) => (
          <li key={debt.id} className={styles.row}>
            <Status tone={debt.tone}>{debt.what}</Status>
            <span className={styles.hint}>{debt.hint}</span>
            <ButtonLink to={debt.to} search={debt.search ?? {}} className={styles.act ?? ''} h={28}>
              {debt.action}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
