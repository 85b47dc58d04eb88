/** What is wrong with a Dockerfile. */
import { filled, type Instruction, pairsOf, type Stage } from './dockerfile-stages.ts';

export interface DockerfileProblem {
  line: number;
  level: 'error' | 'warning';
  rule: string;
  message: string;
}

export interface DockerfileVerdict {
  nonRoot: boolean;
  pinnedBase: boolean;
  healthcheck: boolean;
  problems: DockerfileProblem[];
}

/** @param stages at least one. */
export function judgeStages(stages: readonly Stage[]): DockerfileVerdict {
  const last = stages.at(-1);
  const loose = stages.filter(isLoose);
  const nonRoot = last !== undefined && isNonRoot(last);
  const problems = [
    ...loose.map(({ from, base }) =>
      problem(
        from,
        'error',
        'base-pinned',
        `${base} may be another image tomorrow: give it a version or a digest`,
      ),
    ),
    ...(last === undefined || nonRoot ? [] : [rootProblem(last)]),
    ...stages.flatMap(({ instructions }) => instructions).flatMap(judgeInstruction),
  ];
  return {
    nonRoot,
    pinnedBase: loose.length === 0,
    healthcheck:
      last !== undefined && lastOf(last, 'HEALTHCHECK')?.args.toUpperCase().startsWith('NONE') === false,
    problems: problems.sort((a, b) => a.line - b.line),
  };
}

function problem(
  { line }: Instruction,
  level: DockerfileProblem['level'],
  rule: string,
  message: string,
): DockerfileProblem {
  return { line, level, rule, message };
}

/** Whether tomorrow's build may take another base. What only the build knows isn't judged. */
function isLoose({ base, parent }: Stage): boolean {
  if (parent || base === 'scratch' || base === '' || base.includes('$') || base.includes('@sha256:'))
    return false;
  const tag = /:([^/]+)$/.exec(base)?.[1];
  return tag === undefined || tag === 'latest';
}

/** Images that run as somebody else without being told. */
const HARMLESS =
  /nonroot|non-root|unprivileged|rootless|chiseled|^cgr\.dev\/|(^|\/)bitnami(legacy|secure)?\/|^registry\.access\.redhat\.com\/ubi\d+\/(nodejs|python|openjdk)/;

function isNonRoot(stage: Stage): boolean {
  const user = lastOf(stage, 'USER');
  if (user === undefined) return HARMLESS.test(originOf(stage).base);
  const name = filled(user.args, argumentsOf(stage)).split(/[:\s]/, 1)[0];
  return name !== 'root' && name !== '0' && name !== '';
}

/** The last such instruction, in the stage or those on which it is built. */
function lastOf(stage: Stage, keyword: string): Instruction | undefined {
  for (let at: Stage | undefined = stage; at; at = at.parent) {
    const found = at.instructions.findLast((one) => one.keyword === keyword);
    if (found) return found;
  }
  return undefined;
}

function originOf(stage: Stage): Stage {
  let at = stage;
  while (at.parent) at = at.parent;
  return at;
}

function argumentsOf({ instructions }: Stage): ReadonlyMap<string, string> {
  const set = instructions.filter(({ keyword }) => keyword === 'ARG' || keyword === 'ENV');
  return new Map(set.flatMap(pairsOf).filter(([, value]) => value !== ''));
}

function rootProblem(stage: Stage): DockerfileProblem {
  const user = lastOf(stage, 'USER');
  const message = user ? `It runs as ${user.args}` : 'No USER: it runs as root';
  return problem(user ?? stage.from, 'error', 'non-root', message);
}

function judgeInstruction(instruction: Instruction): DockerfileProblem[] {
  const { keyword, args } = instruction;
  if (keyword === 'ADD' && /(^|[\s"[])https?:\/\//i.test(args) && !args.includes('--checksum='))
    return [
      problem(
        instruction,
        'error',
        'add-url',
        'ADD takes whatever stands at the address: use --checksum, or check what RUN gets',
      ),
    ];
  if (keyword === 'ENV' || keyword === 'ARG') return secretsIn(instruction);
  return keyword === 'RUN' ? judgeRun(instruction) : [];
}

/** Nothing but names is looked at that are certainly meant for secrets. */
const SECRET =
  /(^|_)(password|passwd|pwd|secret|secret_?key|token|api_?key|apikey|access_?key|private_?key|credentials?)$/i;
/** `changeme` is no secret, nor is what another variable holds. */
const NO_SECRET = /^$|\$|^(true|false|none|null|x+|changeme|change-me|example|dummy|placeholder|todo)$/i;

function secretsIn(instruction: Instruction): DockerfileProblem[] {
  return pairsOf(instruction).flatMap(([name, value]) => {
    if (!SECRET.test(name) || NO_SECRET.test(value)) return [];
    const message = `${name} is kept in the image for everybody to read: use a secret mount, or give it at start`;
    return [problem(instruction, 'error', 'no-secret', message)];
  });
}

const SHELL = /^\s*(?:sudo\s+)?(?:\/(?:usr\/)?bin\/)?(?:ba|z|da|k|a)?sh\b/;

function judgeRun(instruction: Instruction): DockerfileProblem[] {
  const found: DockerfileProblem[] = [];
  const commands = instruction.args.split(/&&|\|\||[;\n]/);
  if (commands.some(runsWhatItGets))
    found.push(
      problem(
        instruction,
        'error',
        'pipe-to-shell',
        'It runs what it gets from an address without checking it',
      ),
    );
  const installs = commands.map((command) => command.trim().split(/\s+/)).filter(isInstall);
  if (
    installs.some(
      (words) => !words.some((word) => /^(-\w{0,5}y\w{0,5}|--yes|--assume-yes|-qq\w{0,5})$/.test(word)),
    )
  )
    found.push(problem(instruction, 'warning', 'apt-yes', 'apt-get install without -y waits for an answer'));
  const takesAll = (words: string[]) =>
    !words.some((word) => /no-install-recommends|Install-Recommends=(0|false)/i.test(word));
  if (installs.some(takesAll) && !/Install-Recommends/i.test(instruction.args))
    found.push(
      problem(instruction, 'warning', 'apt-recommends', 'apt-get install without --no-install-recommends'),
    );
  return found;
}

function runsWhatItGets(command: string): boolean {
  const parts = command.split('|');
  const getting = parts.findIndex((part) => /\b(?:curl|wget)\b/.test(part));
  if (getting === -1) return false;
  return (
    parts.slice(getting + 1).some((part) => SHELL.test(part)) ||
    /sh\b[^(<]{0,20}(?:\$\(|<\()\s?(?:curl|wget)\b/.test(command.slice(0, 2000))
  );
}

function isInstall(words: readonly string[]): boolean {
  const at = words.findIndex((word) => /^(?:\/usr\/bin\/)?apt(?:-get)?$/.test(word));
  return at !== -1 && words.slice(at + 1).includes('install');
}
