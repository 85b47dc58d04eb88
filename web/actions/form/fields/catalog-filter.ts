/** What a picker may offer, as a template says it: `catalogFilter` of Backstage’s pickers. */

type FilterValue = string | readonly string[] | { exists: true };
type FilterEntry = Record<string, FilterValue>;

export interface PickerOptions {
  catalogFilter?: FilterEntry | readonly FilterEntry[];
  allowedKinds?: readonly string[];
  defaultKind?: string;
  defaultNamespace?: string | false;
  allowArbitraryValues?: boolean;
}

function part(key: string, value: FilterValue): string[] {
  if (typeof value === 'string') return [`${key}=${value}`];
  if (Array.isArray(value)) return value.map((one) => `${key}=${String(one)}`);
  return [key];
}

/** As the catalog's API takes it: entries are alternatives, the keys of one must all hold. */
export function filterText(
  { catalogFilter, allowedKinds }: PickerOptions,
  defaults: readonly string[],
): string[] {
  const entries: readonly FilterEntry[] = Array.isArray(catalogFilter)
    ? catalogFilter
    : catalogFilter
      ? [catalogFilter as FilterEntry]
      : [];
  if (entries.length > 0)
    return entries.map((entry) =>
      Object.entries(entry)
        .flatMap(([key, value]) => part(key, value))
        .join(','),
    );
  const kinds = allowedKinds ?? defaults;
  return kinds.length > 0 ? [kinds.map((kind) => `kind=${kind}`).join(',')] : [];
}
