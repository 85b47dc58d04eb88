import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readConfig } from './config.ts';
import { keepSecret, Secret, secretSchema, withoutSecrets } from './secret.ts';

describe('a secret', () => {
  const secret = new Secret('hunter22');

  it('shows its value to no printer', () => {
    const printed = [
      String(secret),
      JSON.stringify({ secret }),
      inspect({ secret }, { showHidden: true, depth: 5 }),
      format('%s %o %j', secret, secret, secret),
      Object.entries(secret).join(),
    ];
    expect(printed.join('\n')).not.toContain('hunter22');
    expect(secret.reveal()).toBe('hunter22');
  });

  it('is found through the configuration, in a file beside it or in the environment', () => {
    const folder = mkdtempSync(join(tmpdir(), 'atrium-secret-'));
    writeFileSync(join(folder, 'collector.token'), 'from-a-file\n');
    const path = join(folder, 'atrium.yaml');
    vi.stubEnv('ATRIUM_TEST_CLIENT_SECRET', 'from-the-environment');
    writeFileSync(
      path,
      [
        'access:',
        '  url: https://portal.example',
        '  signIn:',
        '    - { kind: github, clientId: x, organizations: [acme], clientSecret: { env: ATRIUM_TEST_CLIENT_SECRET } }',
        '  auditCollector: { url: https://logs.example, token: { file: collector.token } }',
      ].join('\n'),
    );
    const { access } = readConfig(path);
    const [github] = access.signIn;
    expect(github?.clientSecret?.reveal()).toBe('from-the-environment');
    expect(access.auditCollector?.token?.reveal()).toBe('from-a-file');
    expect(JSON.stringify(access)).not.toMatch(/from-/);
  });

  it.each([
    [{ env: 'ATRIUM_TEST_NOT_SET' }, 'the environment variable ATRIUM_TEST_NOT_SET is empty'],
    [{ file: '/nowhere/at/all' }, "ENOENT: no such file or directory, open '/nowhere/at/all'"],
  ])('that is not there is missed at once: %j', (from, message) => {
    expect(secretSchema.safeParse(from).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it('is never written into the configuration itself', () => {
    expect(secretSchema.safeParse('hunter22').success).toBe(false);
  });
});

describe('withoutSecrets', () => {
  it('takes a secret out of any text, also as base64, in an address and in JSON', () => {
    const value = fc.string({ minLength: 8, maxLength: 40 }).filter((text) => text.trim().length >= 8);
    fc.assert(
      fc.property(value, fc.string({ maxLength: 9 }), fc.string({ maxLength: 9 }), (text, before, after) => {
        const secret = `s3cr3t${text}`;
        keepSecret(secret);
        const plain = `${before}${secret}${after}`;
        expect(withoutSecrets(plain)).not.toContain(secret);
        const header = `Basic ${Buffer.from(plain).toString('base64')}`;
        const seen = Buffer.from(withoutSecrets(header).replace('Basic ', ''), 'base64').toString();
        expect(seen).not.toContain(secret.slice(2, -2));
        const address = `https://example.com/?a=${encodeURIComponent(secret)}`;
        expect(withoutSecrets(address)).not.toContain(encodeURIComponent(secret));
        expect(withoutSecrets(JSON.stringify({ plain }))).not.toContain(JSON.stringify(secret).slice(1, -1));
      }),
    );
  });

  it('leaves other texts as they are', () => {
    keepSecret('short');
    keepSecret('s3cr3t-that-is-elsewhere');
    expect(withoutSecrets('a short text')).toBe('a short text');
  });
});
