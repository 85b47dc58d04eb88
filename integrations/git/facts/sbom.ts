import { dig, list, parseJson, parseXml, text } from '../reading/parse.ts';
import type { FactCollector } from './collector.ts';
import { observation } from './observation.ts';
import { type ReportKind, reportsOf } from './reports.ts';
import { COUNT, FLAG, TEXTS, UNREADABLE } from './schema-parts.ts';

interface Bill {
  format: string;
  /** Names and versions. */
  parts: string[];
}

const SBOM: ReportKind<Bill> = {
  ending: /\.(json|xml|cdx|spdx)$/i,
  usual: /(^|[/._-])(s?bom|cdx|spdx|cyclonedx)([._-][\w.-]*)?\.(json|xml)$|\.(cdx|spdx)$/i,
  mark: /"bomFormat"|"spdxVersion"|"@context"[^\n]{0,80}spdx|^SPDXVersion:|cyclonedx\.org\/schema\/bom/m,
  read: (source) => {
    const start = source.trimStart()[0];
    if (start === '<') return ofXml(source);
    return start === '{' ? ofJson(source) : ofTags(source);
  },
};

export const sbom: FactCollector = {
  name: 'sbom',
  title: 'SBOM',
  description:
    'Whether a bill of materials is there, as CycloneDX or SPDX, and how many components it lists.',
  schema: {
    type: 'object',
    required: ['present', 'formats', 'components'],
    properties: {
      present: FLAG,
      formats: { ...TEXTS, description: '`CycloneDX`, `SPDX`' },
      components: { ...COUNT, description: 'Different ones, of all bills together' },
      unreadable: UNREADABLE,
    },
  },
  collect(scope) {
    const { reports, unreadable } = reportsOf(scope, SBOM);
    const details = {
      present: reports.length > 0,
      formats: [...new Set(reports.map(({ said }) => said.format))].sort(),
      components: new Set(reports.flatMap(({ said }) => said.parts)).size,
      unreadable,
    };
    return observation(details, reports[0]?.path ?? unreadable?.[0]);
  },
};

function ofJson(source: string): Bill | undefined {
  const bill = parseJson(source);
  if (dig(bill, 'bomFormat') === 'CycloneDX')
    return {
      format: 'CycloneDX',
      parts: list(dig(bill, 'components')).flatMap((one) => part(one, 'version')),
    };
  if (text(dig(bill, 'spdxVersion'))?.startsWith('SPDX-'))
    return { format: 'SPDX', parts: list(dig(bill, 'packages')).flatMap((one) => part(one, 'versionInfo')) };
  const graph = dig(bill, '@graph');
  if (!Array.isArray(graph) || !JSON.stringify(dig(bill, '@context') ?? '').includes('spdx'))
    return undefined;
  const packages = graph.filter((one) => dig(one, 'type') === 'software_Package');
  return { format: 'SPDX', parts: packages.flatMap((one) => part(one, 'software_packageVersion')) };
}

function ofXml(source: string): Bill | undefined {
  const bill = dig(parseXml(source), 'bom');
  if (bill === undefined) return undefined;
  const components = list(dig(bill, 'components', 'component'));
  return { format: 'CycloneDX', parts: components.flatMap((one) => part(one, 'version')) };
}

/** The text form of SPDX, one tag a line. */
function ofTags(source: string): Bill | undefined {
  if (!source.startsWith('SPDXVersion:')) return undefined;
  const names = [...source.matchAll(/^PackageName:[ \t]*(\S.*)$/gm)].map((match) => match[1] ?? '');
  return { format: 'SPDX', parts: names };
}

function part(one: unknown, version: string): string[] {
  const name = text(dig(one, 'name'));
  if (name === undefined) return [];
  return [[text(dig(one, 'group')), name, text(dig(one, version))].filter(Boolean).join(' ')];
}
