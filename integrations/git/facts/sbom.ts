import { dig, list, parseJson, parseXml, text } from '../reading/parse.ts';
import { baseOf } from '../reading/paths.ts';
import type { FactCollector, Scope } from './collector.ts';
import { observation } from './observation.ts';
import { ownFiles } from './own-files.ts';
import { type ToolSigns, toolsIn } from './pipeline-tools.ts';
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
    'Whether a bill of materials is there, as CycloneDX or SPDX, how many components it lists, and whether the build makes one.',
  schema: {
    type: 'object',
    required: ['present', 'made', 'formats', 'components'],
    properties: {
      present: FLAG,
      made: { ...FLAG, description: 'Its pipelines, or the build itself, make one of what they build' },
      formats: { ...TEXTS, description: '`CycloneDX`, `SPDX`' },
      components: { ...COUNT, description: 'Different ones, of all bills together' },
      unreadable: UNREADABLE,
    },
  },
  collect(scope) {
    const { reports, unreadable } = reportsOf(scope, SBOM);
    const maker = makerOf(scope);
    const details = {
      made: maker !== undefined,
      present: reports.length > 0,
      formats: [...new Set(reports.map(({ said }) => said.format))].sort(),
      components: new Set(reports.flatMap(({ said }) => said.parts)).size,
      unreadable,
    };
    return observation(details, reports[0]?.path ?? unreadable?.[0] ?? maker);
  },
};

const TOOLS: ToolSigns = {
  'a generator':
    /\banchore\/sbom-action\b|\bactions\/attest-sbom\b|\bsyft\b|\bcdxgen\b|\bcyclonedx\b|\bsbom-tool\b|\bspdx-sbom-generator\b|\bbom generate\b/i,
  'an image builder':
    /^[ \t]*sbom:[ \t]*["']?(true\b|generator=)|--sbom(=true|[ \t]|$)|\bdocker sbom\b|\bko (build|publish)\b/m,
};
/** Builds that make one whoever starts them. */
const BUILDS: readonly (readonly [name: RegExp, sign: RegExp])[] = [
  [/^\.?goreleaser\.ya?ml$/, /^sboms:/m],
  [/^pom\.xml$/, /<artifactId>cyclonedx-maven-plugin<|<artifactId>spdx-maven-plugin</],
  [/^build\.gradle(\.kts)?$/, /\borg\.(cyclonedx\.bom|spdx\.sbom)\b/],
];

/** @returns the path of what makes one. */
function makerOf(scope: Scope): string | undefined {
  const used = toolsIn(scope, TOOLS)[0]?.path;
  if (used !== undefined) return used;
  return ownFiles(scope).find((path) => {
    const sign = BUILDS.find(([name]) => name.test(baseOf(path)))?.[1];
    return sign?.test(scope.tree.read(path) ?? '') ?? false;
  });
}

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
