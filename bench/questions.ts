/** Questions that no answer kept in memory can serve, and by-name beside a server that does nothing else. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import autocannon from 'autocannon';
import { scratch } from './measure.ts';

export interface Manifest {
  entities: number;
  samples: { services: string[]; terms: string[]; refs: string[]; biggestOwner: string };
}

export interface UncachedRow {
  id: string;
  what: string;
  medianMs: number;
}

const ASKED = 60;

type Question = (index: number) => { path: string; body?: string };

export function readManifest(catalog: string): Manifest {
  return JSON.parse(readFileSync(join(catalog, 'manifest.json'), 'utf8')) as Manifest;
}

/** The driver's questions, each with something that differs every time: an offset, a filter, the refs. */
function questions(
  { samples }: Manifest,
  names: readonly string[],
): Record<string, { what: string; question: Question }> {
  const list = '/api/catalog/entities/by-query?orderField=metadata.name,asc&limit=20';
  const fields = 'fullTextFilterFields=metadata.name,metadata.title,metadata.description';
  const term = (index: number) => encodeURIComponent(samples.terms[index % samples.terms.length] ?? '');
  const refs = (index: number) =>
    Array.from({ length: 100 }, (_, i) => `component:default/${names[(index * 97 + i * 13) % names.length]}`);
  return {
    b: {
      what: 'list page, another each time',
      question: (i) => ({ path: `${list}&filter=kind=component,spec.type=service&offset=${i + 1}` }),
    },
    c: {
      what: 'facets of components, another name beside them each time',
      question: (i) => ({
        path: `/api/catalog/entity-facets?facet=spec.type&facet=spec.lifecycle&facet=spec.owner&filter=kind=component&filter=metadata.name=${names[i]}`,
      }),
    },
    d: {
      what: 'full text, another page each time',
      question: (i) => ({ path: `${list}&fullTextFilterTerm=${term(i)}&${fields}&offset=${i + 1}` }),
    },
    e: {
      what: 'search, another page size each time',
      question: (i) => ({
        path: `/api/search/query?term=${term(i)}&pageLimit=${25 + Math.floor(i / samples.terms.length)}`,
      }),
    },
    f: {
      what: 'by refs, 100 others each time',
      question: (i) => ({
        path: '/api/catalog/entities/by-refs',
        body: JSON.stringify({ entityRefs: refs(i) }),
      }),
    },
    g: {
      what: 'owned by the biggest group, another page each time',
      question: (i) => ({
        path: `${list}&filter=relations.ownedBy=${encodeURIComponent(samples.biggestOwner)}&offset=${i + 1}`,
      }),
    },
    h: {
      what: 'count of components, another name beside them each time',
      question: (i) => ({
        path: `/api/catalog/entities/by-query?limit=0&filter=kind=component&filter=metadata.name=${names[i]}`,
      }),
    },
  };
}

/** Names of components, from the descriptors themselves, so that nothing is asked before. */
function componentNames(catalog: string): string[] {
  const files = readdirSync(join(catalog, 'files'))
    .filter((name) => name.startsWith('catalog-'))
    .sort();
  return files.flatMap((file) => {
    const text = readFileSync(join(catalog, 'files', file), 'utf8');
    return [...text.matchAll(/^kind: Component\nmetadata:\n {2}name: (\S+)/gm)].map(([, name = '']) => name);
  });
}

/** Medians of questions that differ each time, one after another. */
export async function uncached(
  url: string,
  catalog: string,
  headers: Record<string, string> = {},
): Promise<UncachedRow[]> {
  const names = componentNames(catalog);
  if (names.length < ASKED) throw new Error(`Only ${names.length} components were found in the catalog`);
  const rows: UncachedRow[] = [];
  for (const [id, { what, question }] of Object.entries(questions(readManifest(catalog), names))) {
    const times: number[] = [];
    for (let index = 0; index < ASKED; index++) {
      const { path, body } = question(index);
      const began = performance.now();
      const init = body
        ? { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } }
        : { headers };
      const answer = await fetch(url + path, init);
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
      times.push(performance.now() - began);
    }
    rows.push({ id, what, medianMs: times.sort((a, b) => a - b)[ASKED / 2] ?? 0 });
  }
  return rows;
}

export interface ByName {
  atrium: number;
  bare: number;
}

/** Requests a second for entities by name: the portal's, and those of bare node:http with the same bytes. */
export async function byName(url: string, catalog: string, seconds: number): Promise<ByName> {
  const paths = readManifest(catalog).samples.services.map(
    (name) => `/api/catalog/entities/by-name/component/default/${name}`,
  );
  const answers: Record<string, string> = {};
  for (const path of paths) answers[path] = await (await fetch(url + path)).text();
  const file = join(scratch, 'bare-answers.json');
  writeFileSync(file, JSON.stringify(answers));
  const bare = spawn(process.execPath, [join(import.meta.dirname, 'bare-http.ts'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(createInterface({ input: bare.stdout }), 'line')) as [string];
    const bareUrl = line.slice(line.indexOf('http'));
    const rate = async (base: string) => {
      const result = await autocannon({
        url: base,
        connections: 10,
        duration: seconds,
        requests: paths.map((path) => ({ path })),
      });
      return result.requests.total / result.duration;
    };
    // In turns, so that what else runs on the machine meets both.
    const first = [await rate(bareUrl), await rate(url)];
    const second = [await rate(bareUrl), await rate(url)];
    return {
      bare: ((first[0] ?? 0) + (second[0] ?? 0)) / 2,
      atrium: ((first[1] ?? 0) + (second[1] ?? 0)) / 2,
    };
  } finally {
    bare.kill();
  }
}
