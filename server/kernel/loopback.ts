/** Which names and addresses mean this machine and nothing else. */
import ipaddr from 'ipaddr.js';

/** @param host as in an address or a URL: a name, or an IP address with or without brackets. */
export function isLoopback(host: string): boolean {
  const plain = host.toLowerCase().replace(/^\[|\]$/g, '');
  if (plain === 'localhost' || plain.endsWith('.localhost')) return true;
  return ipaddr.isValid(plain) && ipaddr.process(plain).range() === 'loopback';
}

/** Of a Host header, whatever its port. */
export function isLoopbackAuthority(authority: string | undefined): boolean {
  const host = authority === undefined ? undefined : URL.parse(`http://${authority}`)?.hostname;
  return host !== undefined && isLoopback(host);
}
