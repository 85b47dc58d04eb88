import { useParams } from '@tanstack/react-router';
import { formatRef } from '#model/ref.ts';
import { useUrl } from '#web/kit/url.ts';

/** Where in the documentation the address points. */
export interface Place {
  ref: string;
  kind: string;
  /** Address below the site, '' for the first page. */
  page: string;
  version: string | undefined;
  /** The site whose navigation led to this API. */
  from: string | undefined;
  /** What was searched for. */
  words: string | undefined;
  /** The timeline of decisions in place of a page. */
  decisions: boolean;
}

export function usePlace(): Place {
  const { kind = '', namespace = '', name = '', _splat = '' } = useParams({ strict: false });
  const url = useUrl();
  const ref = formatRef({ kind, namespace, name }).toLowerCase();
  return {
    ref,
    kind: kind.toLowerCase(),
    page: _splat.replace(/\/+$/, ''),
    version: url.one('version'),
    from: url.one('from'),
    words: url.one('q'),
    decisions: url.one('show') === 'decisions',
  };
}
