import { useRouterState } from '@tanstack/react-router';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { DocPage } from '../queries.ts';
import './article.css';
import './blocks.css';
import './code.css';
import './parts.css';
import './print.css';
import '../diagrams/diagrams.css';
import { useDiagrams } from '../diagrams/use-diagrams.ts';
import { updateBlocks } from './blocks.ts';
import { keepingPlace } from './keep-place.ts';
import { MatchBar } from './match-bar.tsx';
import { goTo, targetIn } from './open-target.ts';
import { markScrollable, prepareBlock } from './prepare.ts';
import { useArticleEvents } from './use-article-events.ts';

const CHANGED_MS = 1600;

function flash(blocks: readonly Element[]): void {
  for (const block of blocks) block.setAttribute('data-changed', '');
  setTimeout(() => {
    for (const block of blocks) block.removeAttribute('data-changed');
  }, CHANGED_MS);
}

/** Shows the HTML; when it changes while somebody reads, only what is different is exchanged. */
function useContent(root: React.RefObject<HTMLElement | null>, html: string): number {
  const [shown, setShown] = useState(0);
  const first = useRef(true);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) return;
    const { fresh } = keepingPlace(element, () => updateBlocks(element, html, prepareBlock));
    if (!first.current) flash(fresh);
    first.current = false;
    markScrollable(element);
    setShown((before) => before + 1);
  }, [root, html]);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const observer = new ResizeObserver(() => markScrollable(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, [root]);
  return shown;
}

/** Goes where the address points. */
function useHash(root: React.RefObject<HTMLElement | null>, shown: boolean): void {
  const hash = useRouterState({ select: ({ location }) => location.hash });
  useEffect(() => {
    const target = shown && root.current ? targetIn(root.current, hash) : null;
    if (target) goTo(target);
  }, [root, hash, shown]);
}

/** A page, as its author wrote it. Give it a key: another page is another article. */
export function Article({ page, words }: { page: DocPage; words: string | undefined }) {
  const root = useRef<HTMLElement>(null);
  const shown = useContent(root, page.html);
  useArticleEvents(root);
  useDiagrams(root, shown);
  useHash(root, shown > 0);
  const titled = page.headings.some(({ level }) => level === 1);
  return (
    <>
      {!titled && (
        <div className="doc">
          <h1>{page.title}</h1>
        </div>
      )}
      <article ref={root} className="doc" aria-label={page.title} data-article={page.page} />
      {words && <MatchBar root={root} words={words} shown={shown} />}
    </>
  );
}
