/** What is known of weaknesses in the packages that a release holds, and whether that can wait. */

export const severities = ['info', 'low', 'moderate', 'high', 'critical'] as const;
export type Severity = (typeof severities)[number];

/** Days within which one that reaches the portal is mended; SECURITY.md says the same. */
export const daysToMend: Record<Severity, number> = {
  critical: 3,
  high: 14,
  moderate: 30,
  low: 90,
  info: 90,
};
/** One that doesn’t reach the portal waits for the next update of all. */
export const DAYS_TO_UPDATE = 90;

export interface Weakness {
  /** As the advisory names itself: `GHSA-…`. */
  id: string;
  package: string;
  severity: Severity;
  title: string;
  url: string;
  /** Versions that have it. */
  range: string;
}

/** Why one that is known can wait. */
export interface Excuse {
  id: string;
  /** Whether it can be made use of in the portal. */
  reaches: boolean;
  reason: string;
  /** ISO date. */
  until: string;
}

/** The parts of package-lock.json that say what a package needs. */
export interface Lock {
  packages: Record<string, { dependencies?: Record<string, string>; optionalDependencies?: object }>;
}

/** A report of `npm audit --json`, version 2. Of `via`, texts name other packages and objects are advisories. */
interface Report {
  vulnerabilities: Record<string, { nodes: string[]; via: (string | Advisory)[] }>;
}
interface Advisory {
  title: string;
  url: string;
  severity: Severity;
  range: string;
  name: string;
}

export type Answer = { report: Report } | { silence: string };

/**
 * Tells a report from the words of npm that it got none.
 * @throws {Error} when it is neither.
 */
export function readAnswer(text: string): Answer {
  const answer = parsed(text);
  if (answer?.vulnerabilities) return { report: answer as Report };
  const silence = answer?.message || answer?.error?.summary;
  if (!silence || answer?.error?.code === 'ENOLOCK') {
    throw new Error(`npm audit did not work: ${silence ?? text.slice(0, 300)}`);
  }
  return { silence };
}

function parsed(text: string) {
  try {
    return JSON.parse(text) as
      | (Partial<Report> & { message?: string; error?: { code?: string; summary?: string } })
      | null;
  } catch {
    return null;
  }
}

/** Where the packages stand in the lock that are needed to run, `roots` by name and all that they need. */
export function shippedNodes({ packages }: Lock, roots: readonly string[]): Set<string> {
  const found = new Set<string>();
  const waiting = roots.map((name) => `node_modules/${name}`).filter((path) => path in packages);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const { dependencies = {}, optionalDependencies = {} } = packages[path] ?? {};
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const place = placeOf(packages, path, name);
      if (place !== undefined) waiting.push(place);
    }
  }
  return found;
}

/** Where Node finds a package that another one asks for: beside it, or further up. */
function placeOf(packages: Lock['packages'], from: string, name: string): string | undefined {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    const place = base === '' ? `node_modules/${name}` : `${base}/node_modules/${name}`;
    if (place in packages) return place;
    if (base === '') return undefined;
  }
}

/** The advisories of a report that are about what is shipped, the worst first. */
export function weaknessesIn({ vulnerabilities }: Report, shipped: ReadonlySet<string>): Weakness[] {
  const found = new Map<string, Weakness>();
  for (const { nodes, via } of Object.values(vulnerabilities)) {
    if (!nodes.some((node) => shipped.has(node))) continue;
    for (const advisory of via) {
      if (typeof advisory === 'string') continue;
      const { name, severity, title, url, range } = advisory;
      const id = url.slice(url.lastIndexOf('/') + 1);
      found.set(`${id} ${name}`, { id, package: name, severity, title, url, range });
    }
  }
  return [...found.values()].sort((a, b) => rank(b.severity) - rank(a.severity));
}

const rank = (severity: Severity) => severities.indexOf(severity);
const DAY_MS = 86_400_000;

export interface Verdict {
  weakness: Weakness;
  fails: boolean;
  why: string;
}

/** @param least severity that may not wait without an excuse. */
export function judge(
  weaknesses: readonly Weakness[],
  excuses: readonly Excuse[],
  { least, now }: { least: Severity; now: Date },
): Verdict[] {
  return weaknesses.map((weakness) => {
    const excuse = excuses.find(({ id }) => id === weakness.id);
    if (!excuse) {
      const fails = rank(weakness.severity) >= rank(least);
      return { weakness, fails, why: `to be mended within ${daysToMend[weakness.severity]} days` };
    }
    const { reaches, reason, until } = excuse;
    const days = reaches ? daysToMend[weakness.severity] : DAYS_TO_UPDATE;
    const left = (Date.parse(until) - now.getTime()) / DAY_MS;
    if (Number.isNaN(left) || left > days) {
      return { weakness, fails: true, why: `${until} is no date within ${days} days` };
    }
    if (left < 0) return { weakness, fails: true, why: `it could wait until ${until}` };
    return { weakness, fails: false, why: `waits until ${until}: ${reason}` };
  });
}
