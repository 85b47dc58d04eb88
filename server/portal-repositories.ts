/** Repositories as step actions use them: which may be reached, with which credentials. */
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AtriumError } from '#model/errors.ts';
import type { SourceGuard } from '#model/integration.ts';
import type { RepositoryTools } from '#model/repositories.ts';
import type { Repositories } from './actions/index.ts';
import { withoutLinks } from './location-guard.ts';

export interface PortalRepositoriesDeps {
  /** Bare repositories that templates make on this machine are in here, and nowhere else. */
  folder: string;
  guard: SourceGuard;
  tools: RepositoryTools;
  now: () => Date;
}

export function portalRepositories({ folder, guard, tools, now }: PortalRepositoriesDeps): Repositories {
  const checked = (address: string) => (address.startsWith('file://') ? within(folder, address) : address);
  const remoteOf = (address: string, given?: string) => {
    const token = given === undefined ? undefined : { reveal: () => given };
    // What stands in the folder is ours; everything else has been named by a template.
    const guarded = address.startsWith('file://') ? {} : { guard };
    return { address: checked(address), ...guarded, ...(token ? { credentials: { token } } : {}) };
  };
  return {
    addressOf: (written) => localAddress(folder, written) ?? written,
    async push({ address, token, signal, ...commit }) {
      return tools.push(remoteOf(address, token), { ...commit, at: now(), signal });
    },
    make: (address, branch, key) => tools.make(checked(address), branch, key),
    async takeBack({ address, branch, commit, made, token }) {
      if (made && (await tools.remove(checked(address), branch, commit))) return;
      await tools.removeBranch(remoteOf(address, token), branch, commit);
    },
    async checkOut({ address, place, folder: target, signal }) {
      await tools.checkOut(remoteOf(address), place, target, signal);
    },
  };
}

function localAddress(folder: string, written: string): string | undefined {
  const [, name] = /^local:([\w][\w.-]*)$/.exec(written) ?? [];
  return name === undefined ? undefined : pathToFileURL(join(folder, `${name}.git`)).href;
}

/** @throws {AtriumError} PATH_REFUSED for what lies elsewhere on this machine. */
function within(folder: string, address: string): string {
  const path = fileURLToPath(address);
  const parent = withoutLinks(dirname(path));
  const isDirectlyIn =
    parent === withoutLinks(folder) && !basename(path).startsWith('.') && !path.includes(`${sep}..${sep}`);
  if (isDirectlyIn) return address;
  throw new AtriumError(
    'PATH_REFUSED',
    `${address} lies outside ${join(folder, sep)}, where repositories of templates are made`,
  );
}
