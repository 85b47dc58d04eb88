import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type RunCard, runsQuery, type TemplateCard, templatesQuery } from '#web/actions/queries.ts';
import { momentOf } from '#web/kit/format.ts';
import { messages } from '#web/kit/messages.ts';
import { refName } from '#web/kit/ref.ts';
import { templatePath } from '#web/kit/template-link.ts';
import type { Entry, Go } from './entry.ts';

const text = messages.shell;
const RUNS = 5;

interface Found {
  actions: readonly Entry[];
  runs: readonly Entry[];
}

function actionEntry(card: TemplateCard, go: Go): Entry {
  return {
    id: card.ref,
    group: text.actions,
    label: card.title,
    hint: card.description ?? '',
    kind: 'template',
    type: card.type,
    run: () => go(templatePath(card.ref)),
  };
}

function runEntry({ id, templateTitle, state, entity, createdAt }: RunCard, go: Go): Entry {
  const said = [messages.actions.run.state[state], ...(entity ? [refName(entity)] : []), momentOf(createdAt)];
  return {
    id: `run ${id}`,
    group: text.runs,
    label: templateTitle,
    hint: said.join(' · '),
    run: () => go(`/runs/${id}`),
  };
}

/**
 * Actions whose name has the words, and the latest runs of which that is so.
 * @param found refs that the search of the catalog found, by whatever words: actions among them are shown as such.
 */
export function useActions(words: string, found: readonly string[], go: Go): Found {
  const enabled = words !== '';
  const templates = useQuery({ ...templatesQuery(), enabled }).data;
  const runs = useQuery({ ...runsQuery({}), enabled }).data;
  return useMemo(() => {
    if (!enabled) return { actions: [], runs: [] };
    const wanted = words.toLowerCase().split(/\s+/);
    const has = (label: string) => wanted.every((word) => label.toLowerCase().includes(word));
    const named = (templates?.items ?? []).filter(({ ref, title }) => has(title) || found.includes(ref));
    const ran = (runs?.items ?? []).filter(({ templateTitle, entity, startedBy }) =>
      has(`${templateTitle} ${entity ? refName(entity) : ''} ${startedBy.title}`),
    );
    return {
      actions: named.map((card) => actionEntry(card, go)),
      runs: ran.slice(0, RUNS).map((run) => runEntry(run, go)),
    };
  }, [enabled, words, templates, runs, found, go]);
}
