import { dig, type Fields, isFields, list, parsed, parseYaml, text } from '../reading/parse.ts';
import { MOST_READ, someOf } from './bounds.ts';
import type { FactCollector, Scope } from './collector.ts';
import { observation, withoutGaps } from './observation.ts';
import { COUNT, FLAG, TEXT } from './schema-parts.ts';
import { askedOf, sources } from './slo-queries.ts';

const MOST_OBJECTIVES = 30;

export const slo: FactCollector = {
  name: 'slo',
  title: 'Service level objectives',
  description: 'What the OpenSLO documents in its folder promise.',
  schema: {
    type: 'object',
    required: ['documents', 'objectives', 'errorBudget'],
    properties: {
      documents: { ...COUNT, description: 'Of kind SLO' },
      objectives: {
        type: 'array',
        maxItems: MOST_OBJECTIVES,
        items: {
          type: 'object',
          required: ['name'],
          properties: {
            name: TEXT,
            target: { type: 'number', description: 'Share of what is good, from 0 to 1' },
            window: { ...TEXT, description: 'As written: `28d`' },
            service: TEXT,
            indicator: { ...TEXT, description: 'Name of the SLI' },
            measure: {
              type: 'object',
              description: 'Queries of Prometheus as they are written, where the indicator has some',
              properties: {
                good: TEXT,
                bad: TEXT,
                total: TEXT,
                raw: TEXT,
                failure: { ...FLAG, description: 'What `raw` gives is the share of what is bad' },
                counter: { ...FLAG, description: 'The queries give counters' },
              },
            },
            query: {
              ...TEXT,
              description: 'PromQL for the share of what is good, where the indicator has one',
            },
          },
        },
      },
      errorBudget: {
        ...FLAG,
        description: 'Some objective has a target and a window: what is left of it can be counted',
      },
    },
  },
  collect(scope) {
    const documents = documentsOf(scope);
    const slos = documents.filter(({ doc }) => doc.kind === 'SLO');
    const all = slos.flatMap(({ doc }) =>
      objectivesOf(
        doc,
        documents.map((one) => one.doc),
      ),
    );
    const details = {
      documents: slos.length,
      objectives: all.slice(0, MOST_OBJECTIVES),
      errorBudget: all.some(({ target, window }) => target !== undefined && window !== undefined),
    };
    return observation(details, slos[0]?.path);
  },
};

interface Document {
  path: string;
  doc: Fields;
}

/** All that OpenSLO knows: indicators and data sources may stand in documents of their own. */
function documentsOf(scope: Scope): Document[] {
  const all = someOf(scope, /\.ya?ml$/i, Number.POSITIVE_INFINITY);
  const isLikely = (path: string) => /sl[oi]|objective/i.test(path);
  return [...all.filter(isLikely), ...all.filter((path) => !isLikely(path))]
    .slice(0, MOST_READ)
    .flatMap((path) => {
      if (!/\bopenslo(\.com)?\/v/.test(scope.tree.read(path) ?? '')) return [];
      const docs = parsed(scope.tree, path, parseYaml) ?? [];
      return docs.filter(isOpenSlo).map((doc) => ({ path, doc }));
    });
}

function isOpenSlo(doc: unknown): doc is Fields {
  return isFields(doc) && /^openslo(\.com)?\/v/.test(text(doc.apiVersion) ?? '');
}

function objectivesOf(doc: Fields, documents: readonly Fields[]): Record<string, unknown>[] {
  const name = text(dig(doc, 'metadata', 'name')) ?? text(dig(doc, 'metadata', 'displayName')) ?? 'unnamed';
  const spec = dig(doc, 'spec');
  const reference = text(dig(spec, 'indicatorRef'));
  const indicator = dig(spec, 'indicator') ?? named(documents, 'SLI', reference);
  const objectives = list(dig(spec, 'objectives'));
  const whole = {
    window: text(dig(list(dig(spec, 'timeWindow'))[0], 'duration')),
    service: text(dig(spec, 'service')),
    indicator: text(dig(indicator, 'metadata', 'name')) ?? reference,
    ...askedOf(dig(indicator, 'spec') ?? {}, sources(documents)),
  };
  return objectives.slice(0, MOST_OBJECTIVES).map((objective, index) => {
    const own = text(dig(objective, 'displayName')) ?? String(index + 1);
    return withoutGaps({
      name: objectives.length > 1 ? `${name}: ${own}` : name,
      target: targetOf(objective),
      ...whole,
    });
  });
}

function named(documents: readonly Fields[], kind: string, name: string | undefined): Fields | undefined {
  if (name === undefined) return undefined;
  return documents.find((doc) => doc.kind === kind && text(dig(doc, 'metadata', 'name')) === name);
}

function targetOf(objective: unknown): number | undefined {
  const share = dig(objective, 'target');
  const percent = dig(objective, 'targetPercent');
  if (typeof share === 'number' && share >= 0 && share <= 1) return share;
  // 99.9 / 100 would be 0.9990000000000001.
  if (typeof percent === 'number' && percent >= 0 && percent <= 100)
    return Number((percent / 100).toFixed(8));
  return undefined;
}
