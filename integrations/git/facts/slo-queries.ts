/** Puts the query of an OpenSLO indicator together, where Prometheus answers it. */
import { dig, type Fields, text } from '../reading/parse.ts';

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

/** The share of what is good, as PromQL. */
export function prometheusQuery(indicator: unknown, types: ReadonlyMap<string, string>): string | undefined {
  const ratio = dig(indicator, 'ratioMetric');
  const query = (name: string) => queryOf(dig(ratio, name), types);
  const [good, bad, total, raw] = [query('good'), query('bad'), query('total'), query('raw')];
  const isFailure = dig(ratio, 'rawType') === 'failure';
  const whole =
    good !== undefined && total !== undefined
      ? `(${good}) / (${total})`
      : bad !== undefined && total !== undefined
        ? `1 - (${bad}) / (${total})`
        : raw === undefined || !isFailure
          ? raw
          : `1 - (${raw})`;
  return whole !== undefined && whole.length <= LONGEST ? whole : undefined;
}

function queryOf(metric: unknown, types: ReadonlyMap<string, string>): string | undefined {
  const source = dig(metric, 'metricSource');
  const type = text(dig(source, 'type')) ?? types.get(text(dig(source, 'metricSourceRef')) ?? '');
  return type?.toLowerCase() === 'prometheus' ? text(dig(source, 'spec', 'query'))?.trim() : undefined;
}
