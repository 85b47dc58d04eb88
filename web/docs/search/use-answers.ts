import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useCallback, useEffect, useId, useState } from 'react';
import { useMay } from '#web/kit/session.ts';
import { type Answer, answersQuery, type DocGap, noteGap } from '../queries.ts';
import { targetOf } from './answer-target.ts';

const TYPING_MS = 90;
/** Whoever stops typing for so long has read that there is nothing. */
const REST_MS = 2500;
const SHORTEST_GAP = 3;

interface Options {
  words: string;
  /** Ref of the entity whose documentation is searched. */
  site?: string;
  limit?: number;
  onOpen?: (() => void) | undefined;
}

/** Tells the server of a search without an answer, once, when somebody pressed Enter or rested on it. */
function useGap(words: string, site: string | undefined, empty: boolean) {
  const [noted, setNoted] = useState<{ words: string; gap: DocGap | null }>();
  const mayRespond = useMay('docs.respond');
  const isNoted = noted?.words === words;
  const note = useCallback(() => {
    if (!empty || !mayRespond || isNoted || words.length < SHORTEST_GAP) return;
    setNoted({ words, gap: null });
    noteGap({ q: words, ...(site && { site }) }).then(
      ({ gap }) => setNoted({ words, gap }),
      // Nobody waits for it; the next one who looks for the same tells it again.
      () => undefined,
    );
  }, [empty, mayRespond, isNoted, words, site]);
  useEffect(() => {
    if (!empty) return;
    const timer = setTimeout(note, REST_MS);
    return () => clearTimeout(timer);
  }, [empty, note]);
  return { note, gap: (isNoted && noted.gap) || undefined };
}

export interface Answers {
  listId: string;
  optionId: (index: number) => string;
  items: readonly Answer[];
  /** Which one Enter opens; -1 when there is none. */
  active: number;
  setActive: (index: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  /** The words have been asked and nothing was found. */
  empty: boolean;
  /** What is kept of such a search, so that somebody writes it down. */
  gap: DocGap | undefined;
  indexing: boolean;
  busy: boolean;
  error: Error | null;
}

/** Answers as one types: arrows choose, Enter opens. */
export function useAnswers({ words, site, limit = 20, onOpen }: Options): Answers {
  const listId = useId();
  const navigate = useNavigate();
  const [asked] = useDebouncedValue(words.trim(), TYPING_MS);
  const [active, setActive] = useState(0);
  const answers = useQuery(answersQuery(asked, { site, limit }));
  const items = (words.trim() && answers.data?.items) || [];
  const current = Math.min(active, items.length - 1);
  const answered = answers.data !== undefined && !answers.isPlaceholderData;
  const settled = asked !== '' && asked === words.trim() && (answered || answers.error !== null);
  const empty = settled && answered && answers.data?.items.length === 0;
  const { note, gap } = useGap(asked, site, empty);
  const optionId = useCallback((index: number) => `${listId}-${index}`, [listId]);
  useEffect(() => {
    if (asked) setActive(0);
  }, [asked]);
  useEffect(() => {
    document.getElementById(optionId(current))?.scrollIntoView({ block: 'nearest' });
  }, [current, optionId]);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const chosen = items[current];
    if (step !== 0 && items.length > 0) {
      event.preventDefault();
      setActive((current + step + items.length) % items.length);
    } else if (event.key === 'Enter' && chosen) {
      event.preventDefault();
      onOpen?.();
      void navigate(targetOf(chosen.href, words));
    } else if (event.key === 'Enter') note();
  };
  const busy = words.trim() !== '' && !settled;
  return {
    ...{ listId, optionId, items, active: current, setActive, onKeyDown, empty, gap, busy },
    indexing: answers.data?.indexing ?? false,
    error: answers.error,
  };
}
