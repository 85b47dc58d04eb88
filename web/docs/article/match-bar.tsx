import { ActionIcon } from '@mantine/core';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { docsMessages } from '#web/kit/messages/docs.ts';
import type { UrlSearch } from '#web/kit/url.ts';
import styles from './match-bar.module.css';
import { findMatches, hideMatches, showMatches } from './matches.ts';
import { reveal, targetIn } from './open-target.ts';

const text = docsMessages.reader;

/** Somebody who comes for a passage starts at its first match. */
function firstAfter(matches: readonly Range[], target: Element | null): number {
  if (!target) return 0;
  const at = matches.findIndex(
    ({ startContainer }) =>
      target.contains(startContainer) ||
      (target.compareDocumentPosition(startContainer) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0,
  );
  return Math.max(0, at);
}

function bring(range: Range | undefined): void {
  const element = range?.startContainer.parentElement;
  if (!element) return;
  reveal(element);
  element.scrollIntoView({ block: 'center' });
}

interface Props {
  root: RefObject<HTMLElement | null>;
  words: string;
  /** Counts up with each change of the content. */
  shown: number;
}

/** Highlights what was searched for, in its place, and steps from one match to the next. */
export function MatchBar({ root, words, shown }: Props) {
  const navigate = useNavigate();
  const hash = useRouterState({ select: ({ location }) => location.hash });
  const [matches, setMatches] = useState<readonly Range[]>([]);
  const [at, setAt] = useState(0);
  const arrived = useRef('');
  useEffect(() => {
    const element = root.current;
    if (!element || shown === 0) return;
    setMatches(findMatches(element, words));
    return () => hideMatches(element);
  }, [root, words, shown]);
  useEffect(() => {
    const arrival = `${words}#${hash}`;
    const element = root.current;
    // Only when one arrives: while the page changes, what is being read stays where it is.
    if (!element || matches.length === 0 || arrived.current === arrival) return;
    arrived.current = arrival;
    const first = firstAfter(matches, targetIn(element, hash));
    setAt(first);
    bring(matches[first]);
  }, [root, words, hash, matches]);
  useEffect(() => {
    if (root.current) showMatches(root.current, matches, at);
  }, [root, matches, at]);
  const step = (by: number) => {
    const next = (at + by + matches.length) % matches.length;
    setAt(next);
    bring(matches[next]);
  };
  const clear = () => {
    const search = ({ q: _, ...rest }: UrlSearch) => rest;
    void navigate({ to: '.', search: search as never, hash: true, replace: true, resetScroll: false });
  };
  const many = matches.length > 0;
  return (
    <div className={styles.bar} data-tool="">
      <span role="status">{many ? text.matches(at + 1, matches.length, words) : text.noMatch(words)}</span>
      <ActionIcon aria-label={text.previousMatch} disabled={!many} onClick={() => step(-1)}>
        <ChevronUp size={16} />
      </ActionIcon>
      <ActionIcon aria-label={text.nextMatch} disabled={!many} onClick={() => step(1)}>
        <ChevronDown size={16} />
      </ActionIcon>
      <ActionIcon aria-label={text.clearMatches} onClick={clear}>
        <X size={16} />
      </ActionIcon>
    </div>
  );
}
