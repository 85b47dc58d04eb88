/** Works out how a remote repository may be reached: which protocols, which addresses, which credentials. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { AtriumError } from '#model/errors.ts';
import type { CheckedAddress, SourceGuard } from '#model/integration.ts';
import { type GitAccess, git } from './client.ts';
import type { GitCredentials } from './config.ts';
import { withoutCredentials } from './remote-links.ts';

export interface Remote {
  /** As the configuration or a registered location has it. */
  address: string;
  credentials?: GitCredentials | undefined;
  guard?: SourceGuard | undefined;
}

export interface ReachableRemote {
  /** To be given to git; names the same host to git as to whoever checked it. */
  url: string;
  access: GitAccess;
}

type Settings = [string, string][];

/**
 * Asked before each use of the network, so that an address is checked whenever it may have changed.
 * @throws {AtriumError} ADDRESS_REFUSED, PATH_REFUSED, FETCH_FAILED, CONFIG_INVALID
 */
export async function reach(remote: Remote): Promise<ReachableRemote> {
  const { address, guard } = remote;
  const known = credentialsFor(remote);
  if (guard && address.startsWith('file://')) {
    const url = pathToFileURL(guard.path(fileURLToPath(address))).href;
    return { url, access: { settings: [...only('file')], env: {}, secrets: [] } };
  }
  const guarded = guard && (await guardedAccess(asUrl(address), guard));
  const settings = [...(guarded?.settings ?? [['protocol.ext.allow', 'never'] as const]), ...known.settings];
  const access = { settings, env: guarded?.env ?? {}, secrets: known.secrets };
  return { url: guarded?.url ?? address, access };
}

async function guardedAccess(address: string, guard: SourceGuard) {
  const checked = await guard.address(address);
  // Two programs may read one text as two addresses; written out anew, there is one way to read it.
  const url = new URL(address);
  if (url.protocol === 'ssh:') {
    return { url: url.href, settings: only('ssh'), env: { GIT_SSH_COMMAND: pinnedSsh(checked) } };
  }
  await needPinning();
  url.hostname = checked.host.includes(':') ? `[${checked.host}]` : checked.host;
  const settings: Settings = [
    ...only('http', 'https'),
    ['http.curloptResolve', pin(checked)],
    ['http.followRedirects', 'false'],
  ];
  return { url: url.href, settings, env: {} };
}

const only = (...protocols: string[]): Settings => [
  ['protocol.allow', 'never'],
  ...protocols.map((protocol): [string, string] => [`protocol.${protocol}.allow`, 'always']),
];

function pin({ host, port, addresses }: CheckedAddress): string {
  return `${host}:${port}:${addresses.map(bracketed).join(',')}`;
}

/** Host and addresses are checked: no character of theirs means something to a shell. */
function pinnedSsh({ host, port, addresses }: CheckedAddress): string {
  const command = process.env.GIT_SSH_COMMAND ?? 'ssh -oBatchMode=yes -oConnectTimeout=15';
  const known = port === 22 ? host : `[${host}]:${port}`;
  return `${command} -oHostName=${addresses[0]} -oHostKeyAlias='${known}'`;
}

const bracketed = (address: string) => (address.includes(':') ? `[${address}]` : address);

/** `git@host:org/repo` as an address with a protocol. */
function asUrl(address: string): string {
  const [, host, path] = /^([\w.-]+@[\w.-]+):(?!\/\/)(.*)$/.exec(address) ?? [];
  return host ? `ssh://${host}/${path?.replace(/^\/+/, '')}` : address;
}

/** Older versions of git pass over the setting that pins an address. */
async function needPinning(): Promise<void> {
  version ??= await git('.', ['version']);
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
  if (major > 2 || (major === 2 && minor >= 37)) return;
  throw new AtriumError('ADDRESS_REFUSED', `Registered addresses need git 2.37 or newer; this is ${version}`);
}
let version: string | undefined;

/** @throws {AtriumError} CONFIG_INVALID where they would be shown to others on the way. */
function credentialsFor({ address, credentials }: Remote): { settings: Settings; secrets: string[] } {
  if (!credentials) return { settings: [], secrets: [] };
  const url = URL.parse(address);
  if (!url || !(url.protocol === 'https:' || (url.protocol === 'http:' && isThisMachine(url)))) {
    const shown = withoutCredentials(address);
    throw new AtriumError('CONFIG_INVALID', `${shown}: credentials are sent to https:// addresses only`);
  }
  const token = credentials.token.reveal();
  const pair = Buffer.from(`${credentials.username ?? 'x-access-token'}:${token}`).toString('base64');
  const settings: Settings = [
    [`http.${url.origin}/.extraHeader`, `Authorization: Basic ${pair}`],
    // Git would send the header along to wherever it is led.
    ['http.followRedirects', 'false'],
    ['credential.helper', ''],
  ];
  return { settings, secrets: [token, pair] };
}

const isThisMachine = ({ hostname }: URL) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
