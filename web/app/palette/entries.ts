import { useMantineColorScheme } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { messages } from '#web/kit/messages.ts';
import { useRecent, type Visit } from '#web/kit/recent.ts';
import { entityPath, refName } from '#web/kit/ref.ts';
import { type Search, searchQuery } from '#web/kit/search.ts';
import { anyKind } from '#web/kit/software.ts';
import { type Sources, sourcesQuery, syncSource } from '#web/sources/queries.ts';
import { furtherPages, places } from '../places.ts';
import { useActions } from './actions.ts';
import { useDocs } from './docs.ts';
import type { Entry, Go } from './entry.ts';
import { standardPath, useStandards } from './standards.ts';

const text = messages.shell;
const RECENT_SHOWN = 6;

function visitEntry(visit: Visit, go: Go): Entry {
  return {
    id: `recent-${visit.ref}`,
    group: text.recent,
    label: visit.title ?? refName(visit.ref),
    hint: visit.title && !visit.path ? refName(visit.ref) : '',
    kind: visit.kind,
    type: visit.type,
    run: () => go(visit.path ?? entityPath(visit.ref)),
  };
}

function foundEntry(item: Search['items'][number], go: Go): Entry {
  return {
    id: item.ref,
    group: text.things,
    label: item.title ?? refName(item.ref),
    hint: item.description ?? '',
    kind: item.kind,
    type: item.type,
    run: () => go(standardPath(item.ref) ?? entityPath(item.ref)),
  };
}

function useCommands(sources: Sources | undefined): Entry[] {
  const { setColorScheme } = useMantineColorScheme();
  return useMemo(() => {
    const command = (id: string, label: string, run: () => void): Entry => ({
      id,
      group: text.commands,
      label,
      hint: '',
      run,
    });
    return [
      command('sync', text.syncAll, () => {
        for (const source of sources?.sources ?? []) void syncSource(source.id);
      }),
      command('copy', text.copyAddress, () => void navigator.clipboard.writeText(location.href)),
      command('light', text.setTheme.light, () => setColorScheme('light')),
      command('dark', text.setTheme.dark, () => setColorScheme('dark')),
      command('auto', text.setTheme.auto, () => setColorScheme('auto')),
    ];
  }, [sources, setColorScheme]);
}

type Matches = (label: string) => boolean;

const holds = (words: string): Matches => {
  const wanted = words.toLowerCase().split(/\s+/);
  return (label) => wanted.every((word) => label.toLowerCase().includes(word));
};

/** Those further away only for whoever asks for them. */
function pageEntries(words: string, matches: Matches, go: Go): Entry[] {
  return [...places, ...(words ? furtherPages : [])]
    .filter((place) => matches(place.label))
    .map((place) => ({
      id: place.to,
      group: text.pages,
      label: place.label,
      hint: '',
      run: () => go(place.to),
    }));
}

/** To all that the catalog has by these words. */
function allEntry(words: string, go: Go): Entry {
  return {
    id: 'all',
    group: text.things,
    label: text.searchAll(words),
    hint: '',
    run: () => go('/catalog', { q: words, kind: anyKind }),
  };
}

/**
 * Everything that the words find: what was visited lately, the catalog, actions and their runs, docs, pages and
 * commands, in this order.
 */
export function useEntries(typed: string, asked: string): Entry[] {
  const words = typed.trim();
  const recent = useRecent();
  const navigate = useNavigate();
  const search = useQuery(searchQuery(asked)).data;
  const commands = useCommands(useQuery(sourcesQuery()).data);
  const go = useCallback<Go>(
    (to, query, hash) => void navigate({ to, search: (query ?? {}) as never, ...(hash && { hash }) }),
    [navigate],
  );
  const found = useMemo(() => (words ? (search?.items ?? []) : []), [words, search]);
  const foundRefs = useMemo(() => found.map(({ ref }) => ref), [found]);
  const { actions, runs } = useActions(words, foundRefs, go);
  const standards = useStandards(words !== '', go);
  const docs = useDocs(words ? asked : '', go);
  return useMemo(() => {
    const matches = holds(words);
    const visits = recent
      .filter((visit) => matches(`${visit.title ?? ''} ${visit.ref}`))
      .slice(0, RECENT_SHOWN);
    const elsewhere = new Set([...visits.map(({ ref }) => ref), ...actions.map(({ id }) => id)]);
    const things = found.filter(({ ref }) => !elsewhere.has(ref));
    const all = words ? [allEntry(words, go)] : [];
    return [
      ...visits.map((visit) => visitEntry(visit, go)),
      ...things.map((item) => foundEntry(item, go)),
      ...actions,
      ...runs,
      ...standards.filter(({ id, label }) => matches(label) && !things.some(({ ref }) => ref === id)),
      ...docs,
      ...(things.length > 0 ? all : []),
      ...pageEntries(words, matches, go),
      ...commands.filter((command) => matches(command.label)),
      ...(things.length === 0 ? all : []),
    ];
  }, [words, recent, found, actions, runs, commands, standards, docs, go]);
}
