/** The git command line. Nothing else in Atrium starts git. */
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AtriumError } from '#model/errors.ts';
import { Launcher } from './launcher.ts';

export interface GitOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds after which the call is given up. */
  timeLimit?: number;
  /** What git reads on its standard input. */
  input?: string;
  /** The repository may be around the folder. Otherwise a broken one would be mistaken for that. */
  around?: boolean;
  /** Without it git stays on this machine, even where a clone lacks something. */
  access?: GitAccess | undefined;
  env?: Readonly<Record<string, string>>;
}

/** How a remote may be reached. Plain data, so that it can be handed to a worker thread. */
export interface GitAccess {
  /** Settings as name and value. They go by the environment: everybody may see the arguments of a process. */
  settings: readonly (readonly [name: string, value: string])[];
  env: Readonly<Record<string, string>>;
  /** Taken out of what git says. */
  secrets: readonly string[];
}

/** A call of git that ended with an error. */
export class GitFailure extends Error {
  readonly stderr: string;
  /** With which git ended; undefined when it was ended. */
  readonly exitCode: number | undefined;

  constructor(args: readonly string[], stderr: string, exitCode?: number) {
    super(`git ${args.slice(0, 3).join(' ')} failed: ${lastLine(stderr)}`);
    this.name = 'GitFailure';
    this.stderr = stderr;
    this.exitCode = exitCode;
  }
}

const LOCAL_LIMIT = 30_000;
const NETWORK_LIMIT = 600_000;

/**
 * Repositories are other people's: their hooks, file-system monitors and transports that run commands
 * stay off, and git must never wait for a password.
 */
const SAFE = [
  'core.hooksPath=/dev/null',
  'core.fsmonitor=false',
  'core.quotePath=false',
  'log.showSignature=false',
  // In a container a mounted folder belongs to somebody else; with the above, reading it runs nothing of theirs.
  'safe.directory=*',
];
const SAFE_ARGS = [...SAFE.flatMap((setting) => ['-c', setting]), '--no-optional-locks', '--no-pager'];
const NO_NETWORK = ['-c', 'protocol.allow=never'];
/** Beside what the process has. */
function gitEnv(folder: string, around: boolean, access: GitAccess | undefined): Record<string, string> {
  const env: Record<string, string> = {
    ...(!around && { GIT_CEILING_DIRECTORIES: dirname(folder) }),
    GIT_TERMINAL_PROMPT: '0',
    GIT_LFS_SKIP_SMUDGE: '1',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_SSH_COMMAND: process.env.GIT_SSH_COMMAND ?? 'ssh -oBatchMode=yes -oConnectTimeout=15',
    LC_ALL: 'C',
    PATH: process.env.PATH ?? '',
    ...access?.env,
  };
  let count = Number(env.GIT_CONFIG_COUNT ?? process.env.GIT_CONFIG_COUNT ?? 0);
  for (const [name, value] of access?.settings ?? []) {
    env[`GIT_CONFIG_KEY_${count}`] = name;
    env[`GIT_CONFIG_VALUE_${count++}`] = value;
  }
  env.GIT_CONFIG_COUNT = String(count);
  return env;
}

const launcher = new Launcher();

/** Runs git in a folder and gives its output as bytes. @throws {GitFailure} @throws {AtriumError} GIT_MISSING */
export async function gitBytes(
  folder: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<Buffer> {
  const { access, around = false, timeLimit = LOCAL_LIMIT, input = '', signal } = options;
  const { code, stdout, stderr, isMissing } = await launcher.run(
    {
      args: [...SAFE_ARGS, ...(access ? [] : NO_NETWORK), '-C', folder, ...args],
      env: { ...gitEnv(folder, around, access), ...options.env },
      input,
      timeLimit,
    },
    signal,
  );
  if (code === 0) return stdout;
  if (isMissing) throw new AtriumError('GIT_MISSING', 'The command git was not found');
  const said = (access?.secrets ?? []).reduce((text, secret) => text.replaceAll(secret, '[secret]'), stderr);
  throw new GitFailure(args, said, code ?? undefined);
}

export async function git(folder: string, args: readonly string[], options?: GitOptions): Promise<string> {
  return (await gitBytes(folder, args, options)).toString();
}

/** As `git`, but an error of git means "there is none". */
export async function gitMaybe(
  folder: string,
  args: readonly string[],
  options?: GitOptions,
): Promise<string | undefined> {
  try {
    return (await git(folder, args, options)).trim();
  } catch (error) {
    if (error instanceof GitFailure) return undefined;
    throw error;
  }
}

function lastLine(text: string): string {
  const lines = text.trim().split('\n');
  return lines.find((line) => /^(fatal|error|remote: error):/i.test(line)) ?? lines.at(-1) ?? 'no message';
}

/** Tracked files and those that are new and not ignored; without those that are deleted. Sorted. */
export async function listFiles(folder: string, signal?: AbortSignal): Promise<string[]> {
  const list = async (...flags: string[]) =>
    new Set(splitNul(await git(folder, ['ls-files', '-z', ...flags], { signal })));
  const [all, deleted] = await Promise.all([
    list('--cached', '--others', '--exclude-standard'),
    list('--deleted'),
  ]);
  return [...all].filter((path) => !deleted.has(path)).sort();
}

export interface Head {
  /** Commit, or undefined while there is none. */
  revision?: string;
  /** Branch, or undefined on a detached head. */
  branch?: string;
}

export async function readHead(folder: string, signal?: AbortSignal): Promise<Head> {
  const [revision, branch] = await Promise.all([
    gitMaybe(folder, ['rev-parse', '--verify', '--quiet', 'HEAD'], { signal }),
    gitMaybe(folder, ['symbolic-ref', '--short', '--quiet', 'HEAD'], { signal }),
  ]);
  return { ...(revision && { revision }), ...(branch && { branch }) };
}

export function originUrl(folder: string, signal?: AbortSignal): Promise<string | undefined> {
  return gitMaybe(folder, ['config', '--get', 'remote.origin.url'], { signal });
}

export function splitNul(text: string): string[] {
  const parts = text.split('\0');
  if (parts.at(-1) === '') parts.pop();
  return parts;
}

const FOR_GOOD =
  /authentication failed|could not read (username|password)|permission denied|not found|does not exist|error: 30\d|does not appear to be|terminal prompts disabled|unsupported|not supported|not allowed/i;

/** Runs a call that needs the network: three attempts, with growing pauses, unless the refusal is final. */
export async function gitOverNetwork(
  folder: string,
  args: readonly string[],
  access: GitAccess,
  signal?: AbortSignal,
): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await git(folder, args, { signal, access, timeLimit: NETWORK_LIMIT });
    } catch (error) {
      if (!(error instanceof GitFailure) || attempt === 3 || FOR_GOOD.test(error.stderr)) throw error;
      await sleep(500 * 4 ** (attempt - 1), undefined, signal ? { signal } : {});
    }
  }
}
