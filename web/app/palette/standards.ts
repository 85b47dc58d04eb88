import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { messages } from '#web/kit/messages.ts';
import { campaignPath, campaignsQuery, scorecardPath, scorecardsQuery } from '#web/scorecards/queries.ts';
import type { Entry, Go } from './entry.ts';

/** The page of a standard itself, which says more than the catalog does of it. */
export function standardPath(ref: string): string | undefined {
  if (ref.startsWith('scorecard:')) return scorecardPath(ref);
  return ref.startsWith('campaign:') ? campaignPath(ref) : undefined;
}

/** Scorecards and campaigns by name, those that come with Atrium included: no catalog knows them. */
export function useStandards(enabled: boolean, go: Go): readonly Entry[] {
  const scorecards = useQuery({ ...scorecardsQuery(), enabled }).data;
  const campaigns = useQuery({ ...campaignsQuery(), enabled }).data;
  return useMemo(() => {
    if (!enabled) return [];
    const entry = (kind: string, { ref, title }: { ref: string; title: string }): Entry => ({
      id: ref,
      group: messages.shell.standards,
      label: title,
      hint: '',
      kind,
      run: () => go(standardPath(ref) ?? '/scorecards'),
    });
    return [
      ...(scorecards?.items ?? []).map((card) => entry('scorecard', card)),
      ...(campaigns?.items ?? []).map((card) => entry('campaign', card)),
    ];
  }, [enabled, scorecards, campaigns, go]);
}
