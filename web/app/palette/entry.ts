import type { UrlSearch } from '#web/kit/url.ts';

/** One line of the palette. */
export interface Entry {
  id: string;
  group: string;
  label: string;
  hint: string;
  kind?: string;
  type?: string | null;
  run: () => void;
}

export type Go = (to: string, search?: UrlSearch, hash?: string) => void;
