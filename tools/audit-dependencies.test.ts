/** The whole of it, with npm itself and a registry that answers as that of npm does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterEach, expect, it } from 'vitest';
import { freePort } from './postgres.ts';

const AUDIT_MS = 120_000;
let registry: Server | undefined;
afterEach(() => {
  registry?.closeAllConnections();
  registry?.close();
  registry = undefined;
});

interface Advisory {
  severity: string;
  vulnerable_versions: string;
}

const asked: string[] = [];

/** @param advisories by package. */
async function startRegistry(advisories: Record<string, Advisory>): Promise<string> {
  registry = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    response.setHeader('content-type', 'application/json');
    if (request.url?.endsWith('/advisories/bulk')) {
      const body = Buffer.concat(chunks);
      const isPacked = request.headers['content-encoding'] === 'gzip';
      asked.push(...Object.keys(JSON.parse((isPacked ? gunzipSync(body) : body).toString()) as object));
      const answer = Object.entries(advisories).map(([name, advisory], index) => [
        name,
        [
          {
            ...{ id: index, url: `https://github.com/advisories/GHSA-${name}`, title: `${name} is weak` },
            ...{ ...advisory, cwe: ['CWE-400'], cvss: { score: 7.5, vectorString: null } },
          },
        ],
      ]);
      response.end(JSON.stringify(Object.fromEntries(answer)));
    } else {
      response.statusCode = 404;
      response.end('{}');
    }
  });
  registry.listen(0, '127.0.0.1');
  await once(registry, 'listening');
  return `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`;
}

async function audit(url: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const tool = join(import.meta.dirname, 'audit-dependencies.ts');
  const child = spawn(process.execPath, [tool, ...args], {
    env: { ...process.env, npm_config_registry: url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return { said, code: code as number };
}

it(
  'asks about all packages, and fails on what is known of those that a release holds',
  async () => {
    const url = await startRegistry({
      fastify: { severity: 'high', vulnerable_versions: '<=999' },
      react: { severity: 'critical', vulnerable_versions: '*' },
      yaml: { severity: 'low', vulnerable_versions: '*' },
      zod: { severity: 'high', vulnerable_versions: '<1' },
      vitest: { severity: 'critical', vulnerable_versions: '*' },
    });
    const { code, said } = await audit(url);
    expect(asked).toEqual(expect.arrayContaining(['fastify', 'react', 'vitest']));
    expect(code).toBe(1);
    expect(said).toMatch(/^FAILS {2}critical {2}react \*: react is weak; to be mended within 3 days/);
    expect(said).toContain('FAILS  high  fastify <=999');
    expect(said).toContain('known  low  yaml');
    expect(said).not.toMatch(/zod|vitest/);
    expect(said).toContain('3 known weaknesses; 2 can’t wait');
  },
  AUDIT_MS,
);

it(
  'is content with what is not known to be weak',
  async () => {
    const { code, said } = await audit(await startRegistry({}));
    expect(said).toMatch(/^\d{3} packages have 0 known weaknesses; 0 can’t wait\n$/);
    expect(code).toBe(0);
  },
  AUDIT_MS,
);

it(
  'says that nothing was checked where nobody answers, and fails only when it must know',
  async () => {
    const nobody = `http://127.0.0.1:${await freePort()}/`;
    const { code, said } = await audit(nobody);
    expect([said.split(':')[0], code]).toEqual(['Nothing was checked', 0]);
    expect((await audit(nobody, '--must-answer')).code).toBe(1);
  },
  AUDIT_MS,
);
