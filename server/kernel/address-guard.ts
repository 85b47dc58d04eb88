/** Decides which addresses may be asked on behalf of documents and people, so that none of them reaches inside. */
import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';
import { AtriumError } from '#model/errors.ts';
import type { CheckedAddress } from '#model/integration.ts';

/** All addresses of a host, as the system's resolver tells them. */
export type Resolve = (host: string) => Promise<readonly string[]>;

export interface AddressGuardOptions {
  /** Hosts and networks that are allowed although they are private: `access.allowPrivateAddresses`. */
  allow: readonly string[];
  resolve?: Resolve;
}

type Network = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** All that is routed on the Internet as IPv6; what lies in it for tunnels and translation is refused by its name. */
const PUBLIC_IPV6: Network = [ipaddr.parse('2000::'), 3];
/** Azure's agent of the host, which answers every machine there with what it is configured with. */
const INSIDE_AZURE: Network = [ipaddr.parse('168.63.129.16'), 32];

const systemResolve: Resolve = async (host) =>
  (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address);

export class AddressGuard {
  readonly #hosts: ReadonlySet<string>;
  readonly #networks: readonly Network[];
  readonly #resolve: Resolve;

  constructor({ allow, resolve = systemResolve }: AddressGuardOptions) {
    const networks = allow.map(networkOf);
    this.#networks = networks.filter((network) => network !== undefined);
    this.#hosts = new Set(allow.filter((_, index) => !networks[index]).map(plainHost));
    this.#resolve = resolve;
  }

  /**
   * Resolves the host of an address once and checks all that it resolves to.
   * @param protocols with their colons.
   * @returns what to connect to; a name that is asked again may answer otherwise.
   * @throws {AtriumError} ADDRESS_REFUSED, FETCH_FAILED when the host has no address.
   */
  async check(address: string, protocols: readonly string[]): Promise<CheckedAddress> {
    const url = URL.parse(address);
    if (!url?.hostname) throw refused(shown(address), 'it is no address of a host');
    const { protocol } = url;
    if (!protocols.includes(protocol)) {
      throw refused(url.host, `${protocol}// is not among ${protocols.join(', ')}`);
    }
    // A user is part of ssh's addresses; anywhere else it is a credential.
    if (url.password || (url.username && protocol !== 'ssh:')) {
      throw refused(url.host, 'it holds credentials');
    }
    const host = plainHost(url.hostname);
    const addresses = ipaddr.isValid(host) ? [host] : await this.#addressesOf(host);
    const inside = this.#hosts.has(host) ? undefined : addresses.find((one) => !this.#mayBeAsked(one));
    if (inside !== undefined) throw refused(url.host, `${inside} is not a public address`);
    return { host, port: Number(url.port) || PORTS[protocol] || 0, addresses };
  }

  async #addressesOf(host: string): Promise<readonly string[]> {
    try {
      const addresses = await this.#resolve(host);
      if (addresses.length > 0) return addresses;
    } catch (cause) {
      throw new AtriumError('FETCH_FAILED', `${host} has no address: ${reasonOf(cause)}`, { cause });
    }
    throw new AtriumError('FETCH_FAILED', `${host} has no address`);
  }

  #mayBeAsked(text: string): boolean {
    if (!ipaddr.isValid(text)) return false;
    const address = ipaddr.parse(text);
    return isPublic(address) || this.#networks.some((network) => isIn(address, network));
  }
}

const PORTS: Record<string, number> = { 'http:': 80, 'https:': 443, 'ssh:': 22 };

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' ? !isIn(address, INSIDE_AZURE) : isIn(address, PUBLIC_IPV6);
}

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6, [network, bits]: Network): boolean {
  if (address instanceof ipaddr.IPv4) return network instanceof ipaddr.IPv4 && address.match(network, bits);
  return network instanceof ipaddr.IPv6 && address.match(network, bits);
}

/** An address or a network; undefined for the name of a host. */
function networkOf(entry: string): Network | undefined {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  if (!ipaddr.isValid(entry)) return undefined;
  const address = ipaddr.parse(entry);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Without the brackets of IPv6 and the dot that ends a full name. */
function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

/** The beginning of what somebody wrote, without what may be a password. */
function shown(address: string): string {
  return address.replace(/^(\w+:\/*)[^@]*@/, '$1').slice(0, 100);
}

function refused(what: string, why: string): AtriumError {
  return new AtriumError('ADDRESS_REFUSED', `${what} is not asked: ${why}`);
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause ? String(cause.code) : cause.message;
}
