import { isTestFile } from '../reading/paths.ts';
import { MOST_READ, someOf } from './bounds.ts';
import type { FactCollector, Scope } from './collector.ts';
import { type Manifest, manifestsOf, readManifests } from './manifest.ts';
import { relativesOf } from './manifest-relatives.ts';
import { LIBRARIES, type Signal, STANDARD_LIBRARIES } from './observability-libraries.ts';
import { observation } from './observation.ts';
import { TEXTS } from './schema-parts.ts';

/** Files of code that are looked into. */
const MOST_CODE = 100;
/** No registry takes a longer one. */
const LONGEST_NAME = 250;
const SIGNALS: readonly Signal[] = ['logging', 'tracing', 'metrics'];
const CODE = new RegExp(STANDARD_LIBRARIES.map(({ files }) => files.source).join('|'));
/** The way in: what sets up logs, traces and metrics is likely there. */
const ENTRY =
  /(^|\/)(main|app|application|program|startup|server|index|__main__|__init__|log\w*|telemetry\w*)\.\w+$/i;

export const observability: FactCollector = {
  name: 'observability',
  title: 'Observability',
  description:
    'Libraries for logs, traces and metrics among the packages that its manifests name or take over from others of the repository, and those of languages and frameworks that its code uses.',
  schema: {
    type: 'object',
    required: ['logging', 'tracing', 'metrics'],
    properties: {
      logging: { ...TEXTS, description: 'Names of packages' },
      tracing: { ...TEXTS, description: 'Names of packages' },
      metrics: { ...TEXTS, description: 'Names of packages' },
    },
  },
  collect(scope) {
    const manifests = manifestsOf(scope);
    const relatives = manifests.flatMap((one) => relativesOf(scope.tree, one)).slice(0, MOST_READ);
    const inherited = readManifests(scope.tree, [...new Set(relatives)]);
    const found = [...[...manifests, ...inherited].flatMap(inManifest), ...inCode(scope)];
    if (manifests.length === 0 && found.length === 0) return undefined;
    const named = (signal: Signal) =>
      [...new Set(found.flatMap((one) => (one.signal === signal ? [one.name] : [])))].sort();
    const value = Object.fromEntries(SIGNALS.map((signal) => [signal, named(signal)]));
    return observation(value, found[0]?.path ?? manifests[0]?.path);
  },
};

interface Found {
  signal: Signal;
  name: string;
  path: string;
}

function inManifest({ ecosystem, path, packages }: Manifest): Found[] {
  return SIGNALS.flatMap((signal) => {
    const isOne = matcherOf(LIBRARIES[ecosystem][signal]);
    return packages.filter(({ name }) => isOne(name)).map(({ name }) => ({ signal, name, path }));
  });
}

const matchers = new Map<string, (name: string) => boolean>();

function matcherOf(words: string): (name: string) => boolean {
  let matcher = matchers.get(words);
  if (!matcher) {
    const patterns = words
      .split(' ')
      .map((word) => word.replace(/[.+?^${}()|[\]\\/]/g, '\\$&').replaceAll('*', '.*'));
    // A module of Go may say its major version.
    const pattern = new RegExp(`^(?:${patterns.join('|')})(?:/v\\d+)?$`, 'i');
    matcher = (name) => name.length <= LONGEST_NAME && pattern.test(name);
    matchers.set(words, matcher);
  }
  return matcher;
}

function inCode(scope: Scope): Found[] {
  const code = someOf(scope, CODE, Number.POSITIVE_INFINITY).filter((path) => !isTestFile(path));
  const ordered = [...code.filter((path) => ENTRY.test(path)), ...code.filter((path) => !ENTRY.test(path))];
  const missing = new Set(STANDARD_LIBRARIES);
  const found: Found[] = [];
  for (const path of ordered.slice(0, MOST_CODE)) {
    for (const library of missing) {
      if (!library.files.test(path) || !library.imports.test(scope.tree.read(path) ?? '')) continue;
      missing.delete(library);
      found.push({ signal: library.signal, name: library.name, path });
    }
  }
  return found;
}
