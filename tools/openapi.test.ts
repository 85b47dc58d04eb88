import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { openGate } from '#server/kernel/gate.ts';
import { createHttp } from '#server/kernel/http.ts';
import { openapiText } from './openapi.ts';
import { startPortal } from './portal.ts';

const file = join(import.meta.dirname, '../docs/openapi.json');
const START_MS = 120_000;

describe('docs/openapi.json', () => {
  it('is what a running portal answers; `node tools/openapi.ts` writes it anew', {
    timeout: START_MS,
  }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atrium-openapi-'));
    writeFileSync(join(folder, 'catalog-info.yaml'), '');
    const portal = await startPortal([folder, '--memory', '--quiet']);
    try {
      expect(JSON.parse(await openapiText(portal.url))).toEqual(JSON.parse(readFileSync(file, 'utf8')));
    } finally {
      await portal.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** A portal that starts has no route without one, since the server refuses to be built with it. */
describe('every route below /api', () => {
  it('declares a permission, or the server does not start', async () => {
    const app = await createHttp(pino({ level: 'silent' }), openGate);
    expect(() => app.get('/api/planted', () => '')).toThrow('GET /api/planted declares no permission');
    const inPlugin = app.register(async (scope) => void scope.post('/planted', () => ''), {
      prefix: '/api/catalog',
    });
    await expect(Promise.resolve(inPlugin).then(() => app.ready())).rejects.toThrow(
      'POST /api/catalog/planted declares no permission',
    );
  });

  it('may do so, and pages need none', async () => {
    const app = await createHttp(pino({ level: 'silent' }), openGate);
    app.get('/api/planted', { config: { permission: 'catalog.entity.read' } }, () => '');
    app.get('/planted', () => '');
    await app.ready();
    expect(app.hasRoute({ method: 'GET', url: '/api/planted' })).toBe(true);
  });
});
