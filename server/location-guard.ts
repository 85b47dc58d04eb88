/** What a registered location may touch: the Internet, and what the operator has named. */
import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { AtriumError } from '#model/errors.ts';
import type { SourceGuard } from '#model/integration.ts';
import type { AccessConfig } from './kernel/access-config.ts';
import type { AddressGuard } from './kernel/address-guard.ts';

const PROTOCOLS = ['https:', 'http:', 'ssh:'];

/** @param configured sources; where their targets are folders, locations may name what is below them. */
export function locationGuard(
  addresses: AddressGuard,
  { signIn }: Pick<AccessConfig, 'signIn'>,
  configured: readonly { target: string }[],
): SourceGuard {
  // The one person of a portal on their own machine may read their own files.
  const isLocal = signIn.length === 0;
  return {
    address: (url) => addresses.check(url, PROTOCOLS),
    path(path) {
      const real = withoutLinks(path);
      if (isLocal || configured.some(({ target }) => contains(withoutLinks(target), real))) return real;
      throw new AtriumError('PATH_REFUSED', `${path} lies outside the folders of the configured sources`);
    },
  };
}

/**
 * Refuses a target before it is registered, so that whoever registers it is told so. Reading is held to the same.
 * @throws {AtriumError} ADDRESS_REFUSED, PATH_REFUSED
 */
export async function checkTarget(guard: SourceGuard, target: string): Promise<void> {
  const [, host] = /^[\w.-]+@([\w.-]+):(?!\/\/)/.exec(target) ?? [];
  if (host) await resolved(guard, `ssh://${host}/`);
  else if (/^(?!file:)[a-z][\w+.-]*:\/\//i.test(target)) await resolved(guard, target);
  else guard.path(target.startsWith('file://') ? pathOf(target) : target);
}

/** A host that has no address today may have one tomorrow: the source says so until then. */
async function resolved(guard: SourceGuard, address: string): Promise<void> {
  await guard.address(address).catch((error: unknown) => {
    if (!(error instanceof AtriumError && error.code === 'FETCH_FAILED')) throw error;
  });
}

function pathOf(target: string): string {
  const url = URL.parse(target);
  return url ? decodeURIComponent(url.pathname) : target;
}

/** What does not exist is judged by how it is written. */
export function withoutLinks(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return resolve(path);
  }
}

function contains(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}
