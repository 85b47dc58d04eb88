import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { api } from '#web/kit/api.ts';
import { ButtonLink } from '#web/kit/button-link.tsx';
import { docs, everything } from '#web/kit/live.ts';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { PageHead, Section } from '#web/kit/page-head.tsx';
import { useSession } from '#web/kit/session.ts';
import { EmptyState, ErrorState, Load, SkeletonRows } from '#web/kit/states.tsx';
import { useUrl } from '#web/kit/url.ts';
import styles from './docs.module.css';
import { useSlash } from './keys.ts';
import { OwnerFilter } from './owner-filter.tsx';
import { PAGE, problemsQuery, type SiteCard, type Sites } from './queries.ts';
import { AnswerList } from './search/answer-list.tsx';
import { SearchField } from './search/search-field.tsx';
import { type Answers, useAnswers } from './search/use-answers.ts';
import { SiteRows } from './site-rows.tsx';

const text = docsMessages.library;

function useSites(owner: string | undefined) {
  const path = '/api/docs/sites';
  return useInfiniteQuery({
    queryKey: [docs, everything, path, { owner, pages: true }],
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      api.get<Sites>(path, { owner, offset: pageParam, limit: PAGE }, signal),
    getNextPageParam: (last, all) => {
      const read = all.reduce((sum, { items }) => sum + items.length, 0);
      return read < last.total ? read : undefined;
    },
    placeholderData: (before) => before,
  });
}

/** Those of the teams that whoever looks belongs to come first. */
function useMineFirst(cards: readonly SiteCard[]): [mine: SiteCard[], others: SiteCard[]] {
  const principal = useSession()?.principal;
  const teams = new Set([principal?.id, ...(principal?.groups ?? [])]);
  const isMine = ({ owner }: SiteCard) => owner !== null && teams.has(owner.ref);
  return [cards.filter(isMine), cards.filter((card) => !isMine(card))];
}

function SiteLists({ cards }: { cards: readonly SiteCard[] }) {
  const [mine, others] = useMineFirst(cards);
  return (
    <>
      {mine.length > 0 && (
        <Section title={text.mine}>
          <SiteRows label={text.mine} cards={mine} />
        </Section>
      )}
      {others.length > 0 && (
        <Section title={mine.length > 0 ? text.others : text.all}>
          <SiteRows label={text.all} cards={others} />
        </Section>
      )}
    </>
  );
}

function NoSites({ owner, indexing }: { owner: string | undefined; indexing: boolean }) {
  const url = useUrl();
  if (owner) {
    return (
      <EmptyState
        title={text.none}
        action={<Button onClick={() => url.set({ owner: undefined }, { push: true })}>{text.noneDo}</Button>}
      />
    );
  }
  if (indexing) return <p className={styles.quiet}>{docsMessages.indexing}</p>;
  return (
    <EmptyState
      title={text.empty}
      hint={text.emptyHint}
      action={<ButtonLink to="/sources">{text.emptyDo}</ButtonLink>}
    />
  );
}

function Library() {
  const url = useUrl();
  const owner = url.one('owner');
  const sites = useSites(owner);
  return (
    <Load query={sites}>
      {({ pages }) => {
        const cards = pages.flatMap(({ items }) => items);
        const indexing = pages.at(-1)?.indexing ?? false;
        if (cards.length === 0) return <NoSites owner={owner} indexing={indexing} />;
        return (
          <>
            <SiteLists cards={cards} />
            {sites.hasNextPage && (
              <Button loading={sites.isFetchingNextPage} onClick={() => void sites.fetchNextPage()}>
                {text.more}
              </Button>
            )}
          </>
        );
      }}
    </Load>
  );
}

function hintOf({ indexing, gap }: Answers): string {
  if (indexing) return docsMessages.indexing;
  return gap ? docsMessages.noted(gap.owner?.title) : docsMessages.nothingHint;
}

function Found({ answers, words }: { answers: Answers; words: string }) {
  if (answers.error && answers.items.length === 0) return <ErrorState error={answers.error} />;
  if (answers.empty) {
    return (
      <EmptyState
        title={docsMessages.nothing(words)}
        hint={hintOf(answers)}
        action={<ButtonLink to="/docs/gaps">{text.gaps}</ButtonLink>}
      />
    );
  }
  if (answers.busy && answers.items.length === 0) return <SkeletonRows />;
  return (
    <>
      <AnswerList answers={answers} words={words} />
      {answers.indexing && <p className={styles.quiet}>{docsMessages.indexing}</p>}
    </>
  );
}

/** What is written, and the passage that answers. */
export function LibraryPage() {
  const url = useUrl();
  const [words, setWords] = useState(url.one('q') ?? '');
  const field = useRef<HTMLInputElement>(null);
  const answers = useAnswers({ words });
  const problems = useQuery(problemsQuery({}));
  useSlash(() => field.current?.select());
  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) field.current?.focus({ preventScroll: true });
  }, []);
  const search = (next: string) => {
    setWords(next);
    url.set({ q: next.trim() || undefined });
  };
  const wrong = Object.values(problems.data?.byKind ?? {}).reduce((sum, number) => sum + number, 0);
  const searching = words.trim() !== '';
  return (
    <div className={styles.library}>
      <PageHead
        title={docsMessages.title}
        actions={
          <>
            <ButtonLink to="/docs/problems">
              {text.problems}
              {wrong > 0 && <span className={styles.number}>&nbsp;{wrong}</span>}
            </ButtonLink>
            <ButtonLink to="/docs/gaps">{text.gaps}</ButtonLink>
          </>
        }
      />
      <search className={styles.searchArea}>
        <SearchField
          large
          ref={field}
          label={docsMessages.search}
          value={words}
          answers={answers}
          onChange={search}
        />
        <p className={styles.hint}>{searching ? docsMessages.keys : docsMessages.searchHint}</p>
      </search>
      {searching ? (
        <Found answers={answers} words={words.trim()} />
      ) : (
        <>
          <OwnerFilter />
          <Library />
        </>
      )}
      <span className="visually-hidden" role="status">
        {searching && !answers.busy && docsMessages.answersFor(answers.items.length, words.trim())}
      </span>
    </div>
  );
}
