/** The address is the state: flat search parameters, each a text or a list of texts. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

export type UrlValue = string | readonly string[];
export type UrlSearch = Record<string, UrlValue>;
export type UrlPatch = Record<string, UrlValue | undefined>;

export function parseSearch(text: string): UrlSearch {
  const search: Record<string, string | string[]> = {};
  for (const [key, value] of new URLSearchParams(text)) {
    const before = search[key];
    if (before === undefined) search[key] = value;
    else search[key] = [...(typeof before === 'string' ? [before] : before), value];
  }
  return search;
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') params.append(key, String(one));
    }
  }
  const text = params.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',');
  return text ? `?${text}` : '';
}

/** Without what is empty, so that an address says only what differs from the plain page. */
function patched(search: UrlSearch, patch: UrlPatch): UrlSearch {
  const merged = Object.entries({ ...search, ...patch });
  return Object.fromEntries(
    merged.filter(([, value]) => value !== undefined && value.length > 0),
  ) as UrlSearch;
}

export interface UrlState {
  search: UrlSearch;
  one(name: string): string | undefined;
  all(name: string): readonly string[];
  set(patch: UrlPatch, options?: { push?: boolean }): void;
}

export function useUrl(): UrlState {
  const search = useSearch({ strict: false }) as UrlSearch;
  const navigate = useNavigate();
  const set = useCallback(
    (patch: UrlPatch, options?: { push?: boolean }) => {
      void navigate({
        to: '.',
        search: (before: UrlSearch) => patched(before, patch),
        replace: !options?.push,
        resetScroll: false,
      } as Parameters<typeof navigate>[0]);
    },
    [navigate],
  );
  return useMemo(
    () => ({
      search,
      one: (name) => {
        const value = search[name];
        return typeof value === 'string' ? value : value?.[0];
      },
      all: (name) => {
        const value = search[name];
        return value === undefined ? [] : typeof value === 'string' ? [value] : value;
      },
      set,
    }),
    [search, set],
  );
}
