import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from './config.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-sign-in-'));
  writeFileSync(join(folder, 'secret'), 'the-secret\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (access: string) => {
  const path = join(folder, 'atrium.yaml');
  writeFileSync(path, `access:\n${access}`);
  return readConfig(path).access;
};
const oidc = (issuer: string, more = '') =>
  `  signIn:\n    - { id: corp, kind: oidc, title: Corp, issuer: '${issuer}', clientId: x${more} }\n`;
const github = (more = '') =>
  `  signIn:\n    - { kind: github, clientId: x, clientSecret: { file: secret }${more} }\n`;

it.each([
  ['  url: http://portal.example\n', /atrium\.yaml:2:8: access\.url: must begin with https/],
  ['  url: https://portal.example/atrium\n', /access\.url: must end after host and port/],
  [
    '  url: http://localhost:7007\ntls: { certificate: a.pem, key: a.key }\n',
    /access\.url: must begin with https:\/\/, as tls is configured/,
  ],
  [oidc('http://login.example'), /atrium\.yaml:3:\d+: access\.signIn\.0\.issuer: must begin with https/],
  [oidc('ftp://localhost'), /signIn\.0\.issuer: must begin with https/],
  [
    oidc('https://accounts.google.com'),
    /atrium\.yaml:3:7: access\.signIn\.0: lets in everybody .* emailDomains/,
  ],
  [oidc('https://gitlab.com'), /lets in everybody/],
  [oidc('https://login.microsoftonline.com/common/v2.0'), /lets in accounts of every company/],
  [oidc('https://login.microsoftonline.com/organizations/v2.0'), /lets in accounts of every company/],
  [github(), /atrium\.yaml:3:7: access\.signIn\.0: lets in everybody .* organizations/],
  [github(', url: http://git.example'), /signIn\.0\.url: must begin with https/],
  [
    `${oidc('https://login.example')}    - { id: corp, kind: oidc, title: B, issuer: 'https://b.example', clientId: x }\n`,
    /access\.signIn\.1\.id: corp is there already/,
  ],
  [oidc('https://login.example', ', clientSecret: written-down'), /access\.signIn\.0\.clientSecret: /],
])('refuses %j', (access, message) => {
  expect(() => read(access)).toThrow(message);
});

it.each([
  oidc('https://login.example/realms/company'),
  oidc('http://127.0.0.1:8080'),
  oidc('https://accounts.google.com', ', emailDomains: [example.com]'),
  oidc('https://login.microsoftonline.com/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0'),
  github(', organizations: [acme]'),
  github(', url: https://github.example.com'),
  '  url: http://localhost:7007\n',
  '  url: https://portal.example\n',
])('takes %j', (access) => {
  expect(() => read(access)).not.toThrow();
});
