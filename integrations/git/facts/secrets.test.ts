import { describe, expect, it } from 'vitest';
import { observe } from './scope.test-helper.ts';
import { secrets } from './secrets.ts';

// Put together here, so that nobody who looks for secrets finds them in this file.
const made = (...parts: string[]) => parts.join('');
const BODY = 'MIIEpAIBAAKCAQEA7bq9sW3kJx0cYp5mQn8vRtZ2uHdLfGeXoKi4';
const RANDOM = 'q7Zt2LmX9vKc4RbW8nHs5JpY1dFg6QaE3uTz';
const HEAD = made('-----BEGIN RSA ', 'PRIVATE KEY-----');
const value = (files: Record<string, string>) => observe(secrets, files)?.value;
const kinds = (path: string, source: string) =>
  ((value({ [path]: source })?.places ?? []) as { kind: string; line: number }[]).map(
    ({ kind, line }) => `${kind}:${line}`,
  );

describe('secrets', () => {
  it.each([
    ['deploy/id_rsa', `${HEAD}\n${BODY}\n`, 'private-key:1'],
    ['account.json', `{\n  "private_key": "${HEAD}\\n${BODY}\\n"\n}`, 'private-key:2'],
    [
      'jwt.yaml',
      `kind: Secret\ndata:\n  jwt.key: ${Buffer.from(`${HEAD}\n${BODY}${BODY}\n`).toString('base64')}`,
      'private-key:3',
    ],
    ['a.sh', `export KEY=${made('AKIA', 'Q3EGRIYX7WBZ5KLM')}`, 'aws-access-key:1'],
    ['a.go', `\n\nconst t = "${made('ghp', '_', RANDOM)}"`, 'github-token:3'],
    ['.npmrc', `//registry.npmjs.org/:_authToken=${made('npm', '_', RANDOM)}`, 'npm-token:1'],
    ['ci.yml', `token: ${made('glpat', '-', RANDOM.slice(0, 20))}`, 'gitlab-token:1'],
    ['a.py', `x = "${made('xoxb', '-', RANDOM)}"`, 'slack-token:1'],
    ['a.rb', `x = "${made('sk', '_live_', RANDOM.slice(0, 24))}"`, 'stripe-key:1'],
    ['a.js', `x = "${made('AIza', RANDOM.slice(0, 35))}"`, 'google-api-key:1'],
    ['app.properties', `a=b\ndb.password=${RANDOM.slice(0, 20)}`, 'password:2'],
    ['config.yaml', `  api_key: "${RANDOM.slice(0, 20)}"  # live`, 'password:1'],
  ])('finds what lies open in %s', (path, source, place) => {
    expect(kinds(path, source)).toEqual([place]);
  });

  it.each([
    ['a.ts', `const head = '${HEAD}';\nif (text.startsWith(head)) read(text);`],
    ['ca.yaml', Buffer.from(`-----BEGIN CERTIFICATE-----\n${BODY}${BODY}${BODY}\n`).toString('base64')],
    ['a.sh', made('AKIA', 'IOSFODNN7EXAMPLE')],
    ['a.go', made('ghp', '_', 'x'.repeat(36))],
    ['app.properties', 'db.password=$' + '{DB_PASSWORD}\nspring.token=changeme-please-1'],
    [
      'config.yaml',
      'secretName: payments-tls-3f9a8b2c7d\npassword: my-local-password-1\ntoken: ENC[AES256,data:a8f3Kq92Lz]',
    ],
    ['sealed.yaml', `kind: SealedSecret\nspec:\n  encryptedData:\n    password: ${RANDOM}`],
    ['.env.example', `API_TOKEN=${RANDOM.slice(0, 20)}`],
    ['a.go', `password := "${RANDOM.slice(0, 20)}"`],
    ['testdata/id_rsa', `${HEAD}\n${BODY}\n`],
    ['package-lock.json', `"token": "${made('npm', '_', RANDOM)}"`],
  ])('finds none in %s', (path, source) => {
    expect(kinds(path, source)).toEqual([]);
  });

  it('never tells the secret', () => {
    const found = JSON.stringify(
      value({ 'a.go': made('ghp', '_', RANDOM), 'b.yaml': `password: ${RANDOM}` }),
    );
    for (let at = 0; at + 6 <= RANDOM.length; at += 1) expect(found).not.toContain(RANDOM.slice(at, at + 6));
    expect(found).toContain('"found":2');
  });

  it('keeps the list short, and says what it did not look at', () => {
    const many = Object.fromEntries(Array.from({ length: 2050 }, (_, index) => [`a${index}.go`, '']));
    const files = { ...many, 'z/.env': Array(30).fill(`A_TOKEN=${RANDOM}`).join('\n') };
    const said = value(files);
    expect(said).toMatchObject({ found: 30, scanned: 2000, unscanned: 51 });
    expect(said?.places).toHaveLength(20);
    expect(value(many)).toEqual({ places: [], scanned: 2000, unscanned: 50 });
  });
});
