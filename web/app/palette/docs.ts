import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { docsPath } from '#web/docs/paths.ts';
import { answersQuery, sitesQuery } from '#web/docs/queries.ts';
import { targetOf } from '#web/docs/search/answer-target.ts';
import { messages } from '#web/kit/messages.ts';
import { readRef } from '#web/kit/ref.ts';
import type { Entry, Go } from './entry.ts';

const text = messages.shell;
const PAGES = 6;
const SITES = 3;
const SHORTEST = 2;

/** Sites whose title has the words, and passages that hold them. */
export function useDocs(asked: string, go: Go): readonly Entry[] {
  const enabled = asked.length >= SHORTEST;
  const sites = useQuery({ ...sitesQuery({ q: asked, limit: SITES }), enabled }).data;
  const answers = useQuery({ ...answersQuery(asked, { limit: PAGES * 2 }), enabled }).data;
  return useMemo(() => {
    if (!enabled) return [];
    const ofSites = (sites?.items ?? []).map(
      (card): Entry => ({
        id: `docs ${card.ref}`,
        group: text.docs,
        label: card.title,
        hint: card.description ?? '',
        kind: readRef(card.ref).kind,
        type: card.type,
        run: () => go(docsPath(card.ref)),
      }),
    );
    const pages = (answers?.items ?? []).filter(({ kind }) => kind === 'page').slice(0, PAGES);
    const ofPages = pages.map((answer): Entry => {
      const { to, search, hash } = targetOf(answer.href, asked);
      return {
        id: `docs ${answer.href} ${answer.title}`,
        group: text.docs,
        label: answer.title,
        hint: [answer.entity, ...answer.trail.slice(-1)].join(' › '),
        kind: 'page',
        run: () => go(to, search, hash),
      };
    });
    return [...ofSites, ...ofPages];
  }, [enabled, asked, sites, answers, go]);
}
