/** Makes what rules ask about out of the texts that came from the store. */
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { type FactSet, latestFacts } from '#model/fact.ts';
import { isRecord } from '#model/value-words.ts';
import type { Surroundings } from './environment.ts';
import { exact } from './exact.ts';
import type { FilesRoot, KnownFact, Subject } from './protocol.ts';
import type { Context } from './rule-set.ts';

interface Observed {
  value: unknown;
  at: string;
  expiresAt?: string;
}

const DAY_MS = 24 * 3600 * 1000;
const LARGEST_FILE = 256 * 1024;
const GIT_MS = 2000;

/** What is too old to count is left out, so that it is unknown. */
export function contextOf(subject: Subject, kinds: ReadonlyMap<string, KnownFact>, now: number): Context {
  const facts: Record<string, unknown> = {};
  const ages: Record<string, number> = {};
  const today = new Date(now).toISOString();
  for (const [name, { fact, stale }] of latestFacts(readList(subject.facts))) {
    const { value, at, expiresAt } = fact;
    if (stale || (expiresAt !== undefined && expiresAt <= today)) continue;
    facts[name] = exact(value, kinds.get(name)?.schema);
    ages[name] = (now - Date.parse(at)) / DAY_MS;
  }
  return {
    entity: exact(JSON.parse(subject.entity)),
    facts,
    ages,
    owner: parsed(subject.owner),
    system: parsed(subject.system),
    dependencies: parsed(subject.dependencies) ?? [],
  };
}

function readList(text: string | null): FactSet<Observed>[] {
  return text === null ? [] : (JSON.parse(text) as FactSet<Observed>[]);
}

function parsed(text: string | null): unknown {
  return text === null ? null : exact(JSON.parse(text));
}

/** Day of the first commit, where the history tells. */
export function bornOf({ facts }: Context): string | null {
  const { activity } = facts;
  return isRecord(activity) && typeof activity.firstCommit === 'string' ? activity.firstCommit : null;
}

export function surroundingsOf({ files }: Subject, context: Context, now: Date): Surroundings {
  const listed = context.facts.files;
  const paths = isRecord(listed) && Array.isArray(listed.paths) ? (listed.paths as string[]) : undefined;
  return {
    now,
    files: paths,
    textOf: (path) => (files && paths?.includes(path) ? textIn(files, path) : undefined),
  };
}

/** Only what the fact names, and nothing that a link leads out to. */
function textIn({ folder, path: base, bare }: FilesRoot, path: string): string | undefined {
  try {
    if (bare) {
      const args = ['-C', folder, 'show', `HEAD:${base ? `${base}/` : ''}${path}`];
      const options = { timeout: GIT_MS, maxBuffer: LARGEST_FILE, encoding: 'utf8', stdio: 'pipe' } as const;
      return execFileSync('git', args, options);
    }
    const full = realpathSync(join(folder, base, path));
    if (!full.startsWith(realpathSync(folder) + sep) || statSync(full).size > LARGEST_FILE) return undefined;
    return readFileSync(full, 'utf8');
  } catch {
    return undefined;
  }
}
