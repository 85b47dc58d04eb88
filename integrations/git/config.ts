/** The configuration of a git source, and what its target turns out to be. */
import { statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { AtriumError } from '#model/errors.ts';
import type { SecretValue, SourceGuard } from '#model/integration.ts';
import { gitMaybe } from './client.ts';
import { isBareRepository, isCheckout } from './find-repositories.ts';

export interface GitConfig {
  target: string;
  descriptors?: string[];
  discovery?: boolean;
  pollSeconds?: number;
  credentials?: GitCredentials;
}

export interface GitCredentials {
  username?: string;
  token: SecretValue;
}

export const DEFAULT_DESCRIPTORS = ['**/catalog-info.{yaml,yml}'];

export const configSchema = {
  type: 'object',
  required: ['target'],
  additionalProperties: false,
  properties: {
    target: {
      type: 'string',
      minLength: 1,
      description:
        'What to read: a folder of checkouts (up to 4 levels below it), one checkout, a bare repository, a ' +
        'folder of descriptor files without git, one descriptor file, or the address of a remote repository ' +
        '(https://, ssh://, file:// or git@host:org/repo), which is cloned into the data folder.',
    },
    descriptors: {
      type: 'array',
      items: { type: 'string', minLength: 1 },
      minItems: 1,
      default: DEFAULT_DESCRIPTORS,
      description:
        'Globs of descriptor files, from the root of each repository. Files that a Location names are read as well.',
    },
    discovery: {
      type: 'boolean',
      default: true,
      description:
        'Whether to find components, APIs, resources, owners and dependencies that nobody has described.',
    },
    pollSeconds: {
      type: 'number',
      minimum: 1,
      description:
        'How often to ask a remote repository for new commits (default 60), or to look for changes where ' +
        'watching is not possible (default 10).',
    },
    credentials: {
      type: 'object',
      required: ['token'],
      additionalProperties: false,
      description: 'For a remote repository at an https:// address.',
      properties: {
        username: {
          type: 'string',
          minLength: 1,
          default: 'x-access-token',
          description: 'Most hosts take any name beside a token.',
        },
        token: { secret: true, description: 'Access token or password.' },
      },
    },
  },
} as const;

export type Target =
  | { kind: 'remote'; url: string }
  | { kind: 'bare'; folder: string }
  /** A folder that may be a checkout, hold checkouts, or neither. */
  | { kind: 'folder'; folder: string }
  /** One descriptor file; `folder` is its repository, or the folder that it lies in. */
  | { kind: 'file'; folder: string; path: string; checkout: boolean };

/** @throws {AtriumError} SOURCE_UNREADABLE when there is nothing at the target, PATH_REFUSED. */
export async function findTarget(target: string, guard?: SourceGuard, signal?: AbortSignal): Promise<Target> {
  if (isAddress(target)) return { kind: 'remote', url: target };
  const full = guard ? guard.path(resolve(target)) : resolve(target);
  const stats = inspect(full);
  if (stats.isFile()) return fileTarget(full, signal);
  if (!stats.isDirectory())
    throw new AtriumError('SOURCE_UNREADABLE', `${full} is neither a folder nor a file`);
  return isBareRepository(full) && !isCheckout(full)
    ? { kind: 'bare', folder: full }
    : { kind: 'folder', folder: full };
}

export function isAddress(target: string): boolean {
  return /^(https?|ssh|git|file):\/\//.test(target) || /^[\w.-]+@[\w.-]+:/.test(target);
}

function inspect(full: string) {
  try {
    return statSync(full);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AtriumError('SOURCE_UNREADABLE', `${full} can't be read: ${reason}`, { cause });
  }
}

async function fileTarget(full: string, signal?: AbortSignal): Promise<Target> {
  const home = dirname(full);
  const top = await gitMaybe(home, ['rev-parse', '--show-toplevel'], { signal, around: true }).catch(
    () => undefined,
  );
  if (!top || !full.startsWith(`${top}/`))
    return { kind: 'file', folder: home, path: basename(full), checkout: false };
  return { kind: 'file', folder: top, path: full.slice(top.length + 1), checkout: true };
}
