/** Turns a repository's history and final files into the stream that `git fast-import` reads. */

import { createHash } from 'node:crypto';
import { earlier } from './earlier.ts';
import type { Change, RepositoryHistory } from './history/shape.ts';
import { type Author, author } from './people.ts';

type Files = ReadonlyMap<string, string>;

/** One commit, ready to be written: its files with their contents at that moment. */
type Commit = { by: Author; seconds: number; subject: string; files: Map<string, string> };

const unitSeconds: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60 };

export function importStream(history: RepositoryHistory, files: Files, variants: Files, now: Date): string {
  const main = commits(history, history.changes, files, variants, now);
  const out = main.map((commit, index) =>
    writeCommit(`refs/heads/${history.branch ?? 'main'}`, commit, index + 1),
  );
  const { side } = history;
  if (side) {
    const onSide = commits(
      { ...history, name: `${history.name}/${side.name}` },
      side.changes,
      files,
      variants,
      now,
    );
    onSide.forEach((commit, index) => {
      const parent = index === 0 ? side.after : undefined;
      out.push(writeCommit(`refs/heads/${side.name}`, commit, main.length + index + 1, parent));
    });
  }
  for (const [tag, number] of Object.entries(history.tags ?? {})) {
    const commit = main[number - 1];
    if (!commit) throw new Error(`${history.name}: tag ${tag} marks commit ${number}, which doesn't exist`);
    out.push(
      `tag ${tag}\nfrom :${number}\ntagger ${signature(commit.by, commit.seconds + 240)}\n${data(tag)}`,
    );
  }
  return `${out.join('')}done\n`;
}

function commits(
  history: RepositoryHistory,
  changes: readonly Change[],
  files: Files,
  variants: Files,
  now: Date,
): Commit[] {
  const plans = changes.map(([, , , spec]) => readSpec(history.name, spec, files));
  const named = new Set(plans.flatMap((plan) => plan.grown));
  const rest = [...files.keys()].filter((path) => !named.has(path));
  const isMain = changes === history.changes;
  for (const plan of plans) if (plan.takesRest) plan.grown.push(...rest);
  if (isMain && rest.length > 0 && !plans.some((plan) => plan.takesRest)) {
    throw new Error(`${history.name}: no commit writes ${rest.join(', ')}`);
  }

  const total = new Map<string, number>();
  for (const path of plans.flatMap((plan) => plan.grown)) total.set(path, (total.get(path) ?? 0) + 1);
  const seen = new Map<string, number>();
  let last = 0;
  return changes.map(([age, by, subject], index) => {
    const plan = plans[index] ?? { grown: [], set: [], takesRest: false };
    const written = new Map<string, string>();
    for (const path of plan.grown) {
      const step = (seen.get(path) ?? 0) + 1;
      seen.set(path, step);
      written.set(path, earlier(path, files.get(path) ?? '', step, total.get(path) ?? step));
    }
    for (const [path, variant] of plan.set) written.set(path, contentOf(history.name, variant, variants));
    last = Math.max(last + 60, moment(age, `${history.name} ${subject}`, now));
    return { by: author(by), seconds: last, subject, files: written };
  });
}

type Plan = { grown: string[]; set: [path: string, variant: string][]; takesRest: boolean };

function readSpec(repository: string, spec: string, files: Files): Plan {
  const plan: Plan = { grown: [], set: [], takesRest: false };
  for (const token of spec.split(' ')) {
    const [path = '', variant] = token.split('=');
    const below = [...files.keys()].filter((file) =>
      path.endsWith('/') ? file.startsWith(path) : file === path,
    );
    if (token === '*') plan.takesRest = true;
    else if (variant !== undefined) plan.set.push([path, variant]);
    else if (below.length > 0) plan.grown.push(...below);
    else throw new Error(`${repository}: its history names ${token}, which its folder doesn't hold`);
  }
  return plan;
}

function contentOf(repository: string, variant: string, variants: Files): string {
  const content = variants.get(variant);
  if (content === undefined) throw new Error(`${repository}: sample/variants has no ${variant} for it`);
  return content;
}

/** The time an age means, moved back a little so that commits don't all fall on one minute of the day. */
function moment(age: string, seed: string, now: Date): number {
  const [, count, unit] = /^(\d+)([dhm])$/.exec(age) ?? [];
  const seconds = unitSeconds[unit ?? ''];
  if (!count || !seconds) throw new Error(`"${age}" isn't an age: write 412d, 3h or 20m`);
  const spread = createHash('sha256').update(seed).digest().readUInt32BE(0) % (seconds / 3);
  return Math.floor(now.getTime() / 1000) - Number(count) * seconds - Math.floor(spread);
}

function writeCommit(ref: string, commit: Commit, mark: number, parent?: number): string {
  const who = signature(commit.by, commit.seconds);
  const head = `commit ${ref}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n${data(`${commit.subject}\n`)}`;
  const from = parent === undefined ? '' : `from :${parent}\n`;
  const body = [...commit.files].map(([path, content]) => {
    const mode = path.endsWith('.sh') || path.endsWith('mvnw') ? '100755' : '100644';
    return `M ${mode} inline ${path}\n${data(content)}`;
  });
  return `${head}${from}${body.join('')}\n`;
}

const signature = (by: Author, seconds: number) => `${by.name} <${by.email}> ${seconds} +0000`;

const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
