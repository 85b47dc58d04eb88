import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { KindGlyph } from '#web/kit/kind.tsx';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { PageHead, Section } from '#web/kit/page-head.tsx';
import { Pager, useOffset } from '#web/kit/pager.tsx';
import { readRef, refName } from '#web/kit/ref.ts';
import { EmptyState, Load } from '#web/kit/states.tsx';
import { Status } from '#web/kit/status.tsx';
import { Time } from '#web/kit/time.tsx';
import { type UrlState, useUrl } from '#web/kit/url.ts';
import { CloseReport } from './close-report.tsx';
import styles from './docs.module.css';
import { docsPath } from './paths.ts';
import { problemTone } from './problem-tone.ts';
import { type ListedProblem, PAGE, type Problems, problemsQuery } from './queries.ts';

const text = docsMessages.rot;
const filterNames = ['kind', 'owner', 'site'] as const;
const nobody = 'none';
const kinds = Object.keys(text.kinds) as (keyof typeof text.kinds)[];

function ProblemItem({ problem }: { problem: ListedProblem }) {
  return (
    <div className={styles.problem}>
      <p className={styles.where}>
        <KindGlyph kind={readRef(problem.ref).kind} />
        <Link to={docsPath(problem.ref, problem.page)} className={styles.strong}>
          {problem.title}
        </Link>
        <span>{problem.entity}</span>
        {problem.line !== null && <span>{docsMessages.reader.line(problem.line)}</span>}
        {problem.owner?.title !== problem.entity && (
          <span>{problem.owner?.title ?? docsMessages.library.noOwner}</span>
        )}
      </p>
      <span className={styles.end}>
        <Time at={problem.since} />
      </span>
      <p className={styles.message}>
        <Status tone={problemTone(problem.kind)}>{problem.message}</Status>
      </p>
      <p className={styles.remedy}>
        {problem.remedy} <CloseReport report={problem.report} />
      </p>
    </div>
  );
}

interface Option {
  value: string;
  label: string;
  count: number;
}

function Choice({
  name,
  title,
  any,
  options,
}: {
  name: string;
  title: string;
  any: string;
  options: Option[];
}) {
  const url = useUrl();
  const chosen = url.one(name);
  const pick = (value: string | undefined) => url.set({ [name]: value, offset: undefined }, { push: true });
  return (
    <>
      <div className={styles.wideChoice}>
        <Section title={title}>
          <ul>
            {options.map(({ value, label, count }) => (
              <li key={value}>
                <button
                  type="button"
                  className={styles.choice}
                  aria-pressed={chosen === value}
                  onClick={() => pick(chosen === value ? undefined : value)}
                >
                  <span>{label}</span>
                  <span>{count}</span>
                </button>
              </li>
            ))}
          </ul>
        </Section>
      </div>
      <select
        className={styles.narrowChoice}
        aria-label={title}
        value={chosen ?? ''}
        onChange={(event) => pick(event.currentTarget.value || undefined)}
      >
        <option value="">{any}</option>
        {options.map(({ value, label, count }) => (
          <option key={value} value={value}>{`${label} (${count})`}</option>
        ))}
      </select>
    </>
  );
}

/** What there is, by kind and by owner; choosing narrows to it, and choosing it again lets go. */
function Choices({ data }: { data: Problems }) {
  const ofKind = kinds
    .map((kind) => ({ value: kind, label: text.kinds[kind], count: data.byKind[kind] ?? 0 }))
    .filter(({ count }) => count > 0);
  const ofOwner = data.byOwner.map(({ owner, count }) => ({
    value: owner?.ref ?? nobody,
    label: owner?.title ?? text.nobody,
    count,
  }));
  return (
    <div className={styles.choices}>
      <Choice name="kind" title={text.byKind} any={text.anyKind} options={ofKind} />
      <Choice name="owner" title={text.byOwner} any={text.anyOwner} options={ofOwner} />
    </div>
  );
}

function List({ data, offset, url }: { data: Problems; offset: number; url: UrlState }) {
  const narrowed = filterNames.some((name) => url.one(name));
  if (data.items.length === 0) {
    const clear = Object.fromEntries([...filterNames, 'offset'].map((name) => [name, undefined]));
    return (
      <EmptyState
        title={narrowed ? text.none : text.empty}
        {...(!narrowed && { hint: text.emptyHint })}
        action={narrowed && <Button onClick={() => url.set(clear, { push: true })}>{text.clear}</Button>}
      />
    );
  }
  return (
    <>
      <ul className={styles.list}>
        {data.items.map((problem) => (
          <li key={`${problem.ref} ${problem.page} ${problem.kind} ${problem.line} ${problem.message}`}>
            <ProblemItem problem={problem} />
          </li>
        ))}
      </ul>
      <Pager offset={offset} total={data.total} shown={data.items.length} size={PAGE} />
    </>
  );
}

/** What has rotted, by whoever can mend it. The filters are the address. */
export function ProblemsPage() {
  const url = useUrl();
  const offset = useOffset();
  const [kind, owner, site] = filterNames.map((name) => url.one(name));
  const problems = useQuery(problemsQuery({ kind, owner, site, offset }));
  return (
    <>
      <PageHead
        title={text.title}
        crumbs={[{ label: docsMessages.title, to: '/docs' }]}
        facts={
          problems.data && (
            <>
              <span>{text.facts(problems.data.total)}</span>
              {site && (
                <Button onClick={() => url.set({ site: undefined }, { push: true })}>
                  {`${refName(site)} ×`}
                </Button>
              )}
            </>
          )
        }
      />
      <div className={styles.page}>
        <Load query={problems}>
          {(data) => (
            <div className={styles.columns}>
              <div aria-busy={problems.isPlaceholderData}>
                <List data={data} offset={offset} url={url} />
              </div>
              <Choices data={data} />
            </div>
          )}
        </Load>
      </div>
    </>
  );
}
