/** When a part's statements were last confirmed: known to the sources, asked for by the records. */

export interface PartKey {
  source: string;
  part: string;
}

/** Times by `partKey`; a part that nobody knows any more has none. */
export type ConfirmedAt = (parts: readonly PartKey[]) => Promise<Map<string, Date>>;

export function partKey({ source, part }: PartKey): string {
  return `${source}\n${part}`;
}
