/** Resolves the targets of Location entities to files of the same repository. */
import { posix } from 'node:path';
import picomatch from 'picomatch';
import type { Problem } from '#model/contribution.ts';
import type { Entity } from '#model/entity.ts';
import { locationTargets } from '#model/locations.ts';
import { within } from '#model/time-limit.ts';
import type { Files } from './files.ts';
import { pathOfUrl, type RepositoryPlace } from './remote-links.ts';

export interface Followed {
  paths: string[];
  problems: Problem[];
}

export function followLocation(
  entity: Entity,
  path: string,
  place: RepositoryPlace,
  files: Files,
  lines: Record<string, number>,
): Followed {
  const found: Followed = { paths: [], problems: [] };
  const { targets, required } = locationTargets(entity) ?? { targets: [], required: true };
  const written = entity.spec?.targets;
  for (const target of targets) {
    const index = Array.isArray(written) ? written.indexOf(target) : -1;
    const field = index === -1 ? 'spec.target' : `spec.targets.${index}`;
    const line = lines[field] ?? lines[field.replace(/\.\d+$/, '')];
    const where = { field, path, ...(line !== undefined && { line }) };
    const resolved = resolve(target, path, place);
    if (typeof resolved !== 'string') {
      found.problems.push({ ...resolved, ...where });
      continue;
    }
    const matches = expand(resolved, files);
    if (!Array.isArray(matches)) {
      found.problems.push({ ...matches, ...where });
      continue;
    }
    found.paths.push(...matches);
    if (matches.length === 0 && required) found.problems.push({ ...missing(target), ...where });
  }
  return found;
}

type Refusal = Pick<Problem, 'level' | 'message' | 'remedy'>;

/** @returns a path within the repository, or why there is none. */
function resolve(target: string, holder: string, place: RepositoryPlace): string | Refusal {
  const bare = target.replace(/^(?:file|url):(?=[^/]|\/(?!\/))/, '').replace(/^url:/, '');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(bare)) return pathOfUrl(place, bare) ?? elsewhere(target);
  const path = posix.isAbsolute(bare)
    ? posix.relative(place.folder, bare)
    : posix.join(posix.dirname(holder), bare);
  return path === '' || path === '..' || path.startsWith('../') ? outside(target) : path;
}

/** Matching a pattern may take for ever, by mistake or on purpose. */
const PATTERN_MS = 500;

function expand(path: string, files: Files): string[] | Refusal {
  if (!/[*?[\]{}!()]/.test(path) || files.has(path)) return files.has(path) ? [path] : [];
  const { paths } = files;
  try {
    return within(PATTERN_MS, () => {
      const matches = picomatch(path, { dot: true });
      return paths.filter((candidate) => matches(candidate));
    });
  } catch (error) {
    return unmatched(path, error);
  }
}

const missing = (target: string): Refusal => ({
  level: 'error',
  message: `The target "${target}" does not exist`,
  remedy: 'Correct the path, which counts from the file with the Location, or write presence: optional.',
});

const unmatched = (path: string, error: unknown): Refusal => ({
  level: 'error',
  message: `The pattern "${path.slice(0, 100)}" can't be matched: ${error instanceof Error ? error.message : error}`,
  remedy: 'Write it with fewer wildcards.',
});

const outside = (target: string): Refusal => ({
  level: 'error',
  message: `The target "${target}" lies outside its repository and was not followed`,
  remedy: 'Add the folder that holds it as a source of its own.',
});

const elsewhere = (target: string): Refusal => ({
  level: 'warning',
  message: `The target "${target}" is in another repository and was not followed`,
  remedy: 'Add that repository as a source of its own.',
});
