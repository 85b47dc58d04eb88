/** Puts the query of an OpenSLO indicator together, where Prometheus answers it. */
import { dig, type Fields, text } from '../reading/parse.ts';
import { withoutGaps } from './observation.ts';

const LONGEST = 2000;

/** Types of data sources, by the names under which indicators refer to them. */
export function sources(documents: readonly Fields[]): ReadonlyMap<string, string> {
  const declared = documents.filter((doc) => doc.kind === 'DataSource');
  return new Map(
    declared.flatMap((doc) => {
      const name = text(dig(doc, 'metadata', 'name'));
      const type = text(dig(doc, 'spec', 'type'));
      return name !== undefined && type !== undefined ? [[name, type] as const] : [];
    }),
  );
}

/** What Prometheus would be asked: each query as it is written, and the share of what is good as one. */
export function askedOf(
  indicator: unknown,
  types: ReadonlyMap<string, string>,
): { measure?: Record<string, unknown>; query?: string } {
  const ratio = dig(indicator, 'ratioMetric');
  const ask = (name: string) => queryOf(dig(ratio, name), types);
  const queries = { good: ask('good'), bad: ask('bad'), total: ask('total'), raw: ask('raw') };
  const failure = dig(ratio, 'rawType') === 'failure';
  const query = shareOf({ ...queries, failure });
  if (query === undefined || query.length > LONGEST) return {};
  return { measure: withoutGaps({ ...queries, failure, counter: dig(ratio, 'counter') === true }), query };
}

function shareOf({
  good,
  bad,
  total,
  raw,
  failure,
}: Record<'good' | 'bad' | 'total' | 'raw', string | undefined> & { failure: boolean }): string | undefined {
  if (good !== undefined && total !== undefined) return `(${good}) / (${total})`;
  if (bad !== undefined && total !== undefined) return `1 - (${bad}) / (${total})`;
  return raw === undefined || !failure ? raw : `1 - (${raw})`;
}

function queryOf(metric: unknown, types: ReadonlyMap<string, string>): string | undefined {
  const source = dig(metric, 'metricSource');
  const type = text(dig(source, 'type')) ?? types.get(text(dig(source, 'metricSourceRef')) ?? '');
  return type?.toLowerCase() === 'prometheus' ? text(dig(source, 'spec', 'query'))?.trim() : undefined;
}
