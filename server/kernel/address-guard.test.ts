import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { AddressGuard, type Resolve } from './address-guard.ts';

const web = ['http:', 'https:'];
const outside = '93.184.216.34';

/** A resolver that knows some names and says how often it was asked. */
function resolver(names: Record<string, string[]>): Resolve & { asked: string[] } {
  const asked: string[] = [];
  const resolve = async (host: string) => {
    asked.push(host);
    return names[host] ?? Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
  };
  return Object.assign(resolve, { asked });
}

const guard = (names: Record<string, string[]> = {}, allow: string[] = []) =>
  new AddressGuard({ allow, resolve: resolver(names) });

const refused = [
  ['loopback', 'http://127.0.0.1/'],
  ['another loopback', 'http://127.8.9.10/'],
  ['loopback as one number', 'http://2130706433/'],
  ['loopback in octal', 'http://0177.0.0.1/'],
  ['loopback in hexadecimal', 'http://0x7f.0x0.0x0.0x1/'],
  ['loopback in short', 'http://127.1/'],
  ['loopback with full-width digits', 'http://１２７.０.０.１/'],
  ['loopback percent-encoded', 'http://%31%32%37.0.0.1/'],
  ['no address in particular', 'http://0.0.0.0/'],
  ['IPv6 loopback', 'http://[::1]/'],
  ['IPv6, unspecified', 'http://[::]/'],
  ['IPv4 mapped into IPv6', 'http://[::ffff:7f00:1]/'],
  ['IPv4 mapped into IPv6, dotted', 'http://[::ffff:127.0.0.1]/'],
  ['IPv4 mapped into IPv6, of the Internet', 'http://[::ffff:5db8:d822]/'],
  ['IPv4 within IPv6, the old way', 'http://[::7f00:1]/'],
  ['6to4', 'http://[2002:7f00:1::1]/'],
  ['Teredo', 'http://[2001:0:4136:e378::]/'],
  ['NAT64', 'http://[64:ff9b::7f00:1]/'],
  ['NAT64, local', 'http://[64:ff9b:1::a9fe:a9fe]/'],
  ['link-local', 'http://[fe80::1]/'],
  ['unique local', 'http://[fd00:ec2::254]/'],
  ['site-local', 'http://[fec0::1]/'],
  ['IPv6 multicast', 'http://[ff02::1]/'],
  ['a private network', 'http://10.1.2.3/'],
  ['another private network', 'https://192.168.0.1/'],
  ['a third private network', 'https://172.31.255.255/'],
  ['a carrier’s network', 'http://100.64.0.1/'],
  ['the metadata of a cloud', 'http://169.254.169.254/latest/meta-data/'],
  ['the agent of Azure', 'http://168.63.129.16/'],
  ['multicast', 'http://224.0.0.1/'],
  ['broadcast', 'http://255.255.255.255/'],
  ['a reserved network', 'http://240.0.0.1/'],
  ['a network for benchmarks', 'http://198.18.0.1/'],
  ['another protocol', 'gopher://example.com/'],
  ['a file', 'file:///etc/passwd'],
  ['a file of a host', 'file://localhost/etc/passwd'],
  ['a script', 'javascript:alert(1)'],
  ['data', 'data:text/plain,x'],
  ['a password', 'https://ada:secret@example.com/'],
  ['a user', 'https://token@example.com/'],
  ['nothing', ''],
  ['no host', 'http://'],
];

describe('an address that a person or a document named', () => {
  it.each(refused)('is refused: %s', async (_what, address) => {
    const names = { 'example.com': [outside], localhost: ['127.0.0.1'] };
    await expect(guard(names).check(address, web)).rejects.toMatchObject({ code: 'ADDRESS_REFUSED' });
  });

  it.each([
    ['inside.example.com', ['10.0.0.5']],
    ['both.example.com', [outside, '127.0.0.1']],
    ['six.example.com', [outside, '::1']],
    ['odd.example.com', ['not an address']],
    ['localhost', ['127.0.0.1', '::1']],
    ['localhost.', ['127.0.0.1']],
  ])('is refused when its name leads inside: %s', async (host, addresses) => {
    const names = { [host.replace(/\.$/, '')]: addresses };
    await expect(guard(names).check(`https://${host}/`, web)).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
  });

  it('is resolved once, and what it resolved to is what to connect to', async () => {
    const resolve = resolver({ 'example.com': [outside, '2606:2800:220:1::1'] });
    const checked = await new AddressGuard({ allow: [], resolve }).check('https://Example.com:8443/a', web);
    expect(checked).toEqual({
      host: 'example.com',
      port: 8443,
      addresses: [outside, '2606:2800:220:1::1'],
    });
    expect(resolve.asked).toEqual(['example.com']);
  });

  it('has the port of its protocol', async () => {
    const known = guard({ 'example.com': [outside] });
    expect((await known.check('http://example.com', web)).port).toBe(80);
    expect((await known.check('https://example.com', web)).port).toBe(443);
    expect((await known.check('ssh://git@example.com/x', ['ssh:'])).port).toBe(22);
  });

  it('may name a user for ssh, but no password', async () => {
    const known = guard({ 'example.com': [outside] });
    await expect(known.check('ssh://git:pw@example.com/x', ['ssh:'])).rejects.toThrow('credentials');
  });

  it('is not repeated with its password', async () => {
    const failure = guard().check('gopher://ada:hunter2@example.com/', web);
    await expect(failure).rejects.not.toThrow('hunter2');
    await expect(guard().check('https://ada:hunter2@', web)).rejects.not.toThrow('hunter2');
  });

  it('says that a name leads nowhere', async () => {
    await expect(guard().check('https://nowhere.example/', web)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
      message: 'nowhere.example has no address: ENOTFOUND',
    });
    await expect(guard({ 'no.example': [] }).check('https://no.example/', web)).rejects.toMatchObject({
      code: 'FETCH_FAILED',
    });
  });
});

describe('access.allowPrivateAddresses', () => {
  const names = { 'git.corp': ['10.9.8.7'], 'other.corp': ['10.9.8.8'], 'evil.git.corp': ['10.9.8.7'] };

  it('allows a host by its name, and no other of the same network', async () => {
    const known = guard(names, ['GIT.corp']);
    expect((await known.check('https://git.corp/x', web)).addresses).toEqual(['10.9.8.7']);
    await expect(known.check('https://other.corp/', web)).rejects.toThrow('not a public address');
    await expect(known.check('https://evil.git.corp/', web)).rejects.toThrow('not a public address');
    await expect(known.check('https://10.9.8.7/', web)).rejects.toThrow('not a public address');
  });

  it('allows a network and an address', async () => {
    const known = guard(names, ['10.9.8.8/31', 'fd00:1::/64', '192.168.7.1']);
    await expect(known.check('https://other.corp/', web)).resolves.toBeDefined();
    await expect(known.check('https://git.corp/', web)).rejects.toThrow('10.9.8.7');
    await expect(known.check('http://[fd00:1::5]/', web)).resolves.toBeDefined();
    await expect(known.check('http://[fd00:2::5]/', web)).rejects.toThrow();
    await expect(known.check('http://192.168.7.1/', web)).resolves.toBeDefined();
    await expect(known.check('http://192.168.7.2/', web)).rejects.toThrow();
  });

  it('allows no other protocol and no credentials', async () => {
    const known = guard(names, ['git.corp']);
    await expect(known.check('ftp://git.corp/', web)).rejects.toThrow('ftp:');
    await expect(known.check('https://a:b@git.corp/', web)).rejects.toThrow('credentials');
  });
});

it('refuses every address outside the Internet, however it is written', async () => {
  const inside = fc
    .oneof(
      fc.tuple(fc.constantFrom(10, 127, 0, 224, 240), fc.nat(255), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(192), fc.constant(168), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(169), fc.constant(254), fc.nat(255), fc.nat(255)),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), fc.nat(255), fc.nat(255)),
    )
    .map((bytes) => ipaddr.fromByteArray([...bytes]) as ipaddr.IPv4);
  const written = fc.tuple(inside, fc.nat(4)).map(([address, form]) => {
    const number = address.octets.reduce((sum, octet) => sum * 256 + octet, 0);
    const mapped = address.toIPv4MappedAddress().toString();
    const octal = address.octets.map((octet) => `0${octet.toString(8)}`).join('.');
    const hex = `0x${number.toString(16)}`;
    return [address.toString(), String(number), `[${mapped}]`, octal, hex][form] ?? '';
  });
  await fc.assert(
    fc.asyncProperty(written, fc.constantFrom(...web), async (host, protocol) => {
      await expect(guard().check(`${protocol}//${host}/`, web)).rejects.toMatchObject({
        code: 'ADDRESS_REFUSED',
      });
    }),
  );
});
