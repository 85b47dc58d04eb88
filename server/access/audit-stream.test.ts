import { once } from 'node:events';
import { mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { clearAudit, openTestStore, type TestTables } from '#tools/test-store.ts';
import { AddressGuard } from '../kernel/address-guard.ts';
import { createFetch } from '../kernel/fetch.ts';
import { createLog } from '../kernel/log.ts';
import { Secret } from '../kernel/secret.ts';
import type { Store } from '../kernel/store/store.ts';
import { testPortal } from './access-test-support.ts';
import { Audit } from './audit.ts';
import { type AuditSink, collectorSink, fileSink } from './audit-sinks.ts';
import { AuditStream } from './audit-stream.ts';
import type { AuditEntry } from './contract.ts';

let store: Store<TestTables>;
let audit: Audit;
let at = new Date('2026-03-01T12:00:00Z');
const streams: AuditStream[] = [];
const folder = mkdtempSync(join(tmpdir(), 'atrium-stream-'));
const log = createLog('silent');
const now = () => at;
const db = () => store.db as never;

beforeAll(async () => {
  store = await openTestStore();
});
beforeEach(async () => {
  await clearAudit(store);
  await store.db.deleteFrom('audit_stream').execute();
  at = new Date('2026-03-01T12:00:00Z');
  const sentUpTo = async () => Math.min(...(await Promise.all(streams.map((stream) => stream.sentUpTo()))));
  audit = new Audit({ db: db(), now, log, days: 10, sentUpTo });
  audit.onAppended(() => {
    for (const stream of streams) stream.wake();
  });
  return async () => {
    await Promise.all(streams.splice(0).map((stream) => stream.stop()));
  };
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Pauses after failures take no time, and are noted; a stream that has nothing to do waits to be woken. */
const pauses: number[] = [];
function open(sink: AuditSink): AuditStream {
  pauses.length = 0;
  const sleep = (ms: number, signal: AbortSignal) => {
    pauses.push(ms);
    if (ms !== 10_000) return new Promise<void>((done) => setImmediate(done));
    return new Promise<void>((done) => {
      if (signal.aborted) done();
      signal.addEventListener('abort', () => done());
    });
  };
  const stream = new AuditStream({ db: db(), sink, now, log, sleep });
  streams.push(stream);
  stream.start();
  return stream;
}

async function record(...targets: string[]): Promise<void> {
  const entry = {
    actor: 'user:default/ada',
    behind: null,
    address: '::1',
    action: 'source.sync',
    status: 200,
  };
  await Promise.all(targets.map((target) => audit.record({ ...entry, target, outcome: 'done' })));
}
const until = (condition: () => void | Promise<void>) => vi.waitFor(condition, { timeout: 20_000 });
const targetsOf = (entries: readonly AuditEntry[]) => entries.map(({ target }) => target);
const targetsIn = (file: string) =>
  targetsOf(
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditEntry),
  );

/** Takes entries in, or fails as it is told. */
function memorySink(): AuditSink & { entries: AuditEntry[]; failing: string | undefined } {
  return {
    name: 'collector',
    target: 'memory',
    entries: [],
    failing: undefined,
    async send(entries) {
      if (this.failing) throw new Error(this.failing);
      this.entries.push(...entries);
    },
  };
}

describe('a file', () => {
  const file = join(folder, 'audit.jsonl');

  test('gets a line an entry, those before the start among them, and only its owner may read it', async () => {
    await record('one');
    open(fileSink(file));
    await until(() => expect(targetsIn(file)).toEqual(['one']));
    await record('two');
    await until(() => expect(targetsIn(file)).toEqual(['one', 'two']));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    renameSync(file, `${file}.1`);
    await record('three');
    await until(() => expect(targetsIn(file)).toEqual(['three']));
  });
});

describe('whatever happens to the other end', () => {
  test('entries wait, are tried again after ever longer pauses, and arrive in order', async () => {
    const sink = memorySink();
    sink.failing = 'No answer';
    const stream = open(sink);
    await record('one', 'two');
    await until(() => expect(pauses.filter((ms) => ms !== 10_000).length).toBeGreaterThan(7));
    expect(pauses.filter((ms) => ms !== 10_000).slice(0, 8)).toEqual([
      1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ]);
    expect(await stream.state()).toEqual({
      name: 'collector',
      target: 'memory',
      sentUpTo: 0,
      waiting: 2,
      failingSince: at.toISOString(),
      error: 'No answer',
    });
    sink.failing = undefined;
    await until(() => expect(targetsOf(sink.entries)).toEqual(['one', 'two']));
    await until(async () =>
      expect(await stream.state()).toMatchObject({ sentUpTo: 2, waiting: 0, error: null }),
    );
  });

  test('the audit itself takes entries in, and keeps those that did not arrive', async () => {
    const sink = memorySink();
    sink.failing = 'No answer';
    open(sink);
    await record('one');
    at = new Date(at.getTime() + 11 * 24 * 3_600_000);
    expect(await audit.retain()).toBe(0);
    sink.failing = undefined;
    await until(() => expect(targetsOf(sink.entries)).toEqual(['one']));
    await until(async () => expect(await audit.retain()).toBe(1));
    await until(() => expect(sink.entries.at(-1)?.action).toBe('audit.retention'));
  });
});

describe('whatever happens to the process', () => {
  test('the next one goes on where it was', async () => {
    const sink = memorySink();
    const first = open(sink);
    await record('one');
    await until(async () => expect(await first.sentUpTo()).toBe(1));
    await first.stop();
    await record('two', 'three');
    open(sink);
    await until(() => expect(targetsOf(sink.entries)).toEqual(['one', 'two', 'three']));
  });

  test('of two one sends', async () => {
    const [one, two] = [memorySink(), memorySink()];
    const first = open(one);
    await record('one');
    await until(async () => expect(await first.sentUpTo()).toBe(1));
    open(two);
    await record('two');
    await until(async () => expect(await first.sentUpTo()).toBe(2));
    expect([targetsOf(one.entries), targetsOf(two.entries)]).toEqual([['one', 'two'], []]);
  });

  test('another takes over from one that is gone', async () => {
    const until3Minutes = new Date(at.getTime() + 180_000);
    const gone = { name: 'collector', seq: 0, held_by: 'gone', held_until: until3Minutes };
    await store.db.insertInto('audit_stream').values(gone).execute();
    const sink = memorySink();
    open(sink);
    await record('one');
    await until(() => expect(pauses.length).toBeGreaterThan(1));
    expect(sink.entries).toEqual([]);
    at = until3Minutes;
    await record('two');
    await until(() => expect(targetsOf(sink.entries)).toEqual(['one', 'two']));
  });
});

describe('a collector', () => {
  const asked: { entries: AuditEntry[]; headers: Record<string, unknown> }[] = [];
  let answer = 200;
  let server: Server;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      asked.push({ entries: (await json(request)) as AuditEntry[], headers: request.headers });
      response.writeHead(answer, { location: '/elsewhere' }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => void server.close());

  test('gets lists of JSON with its token, and is asked again until it has taken them', async () => {
    answer = 302;
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/collect`;
    const fetch = createFetch({ guard: new AddressGuard({ allow: [] }) });
    const stream = open(collectorSink({ url, token: new Secret('collector-secret') }, fetch));
    await record('one');
    await until(async () => expect((await stream.state()).error).toBe('It answered with status 302'));
    answer = 204;
    await until(async () => expect(await stream.sentUpTo()).toBe(1));
    expect(asked.at(-1)).toMatchObject({
      entries: [{ seq: 1, target: 'one', hash: expect.any(String) }],
      headers: { authorization: 'Bearer collector-secret', 'content-type': 'application/json' },
    });
    expect(JSON.stringify(await stream.state())).not.toContain('collector-secret');
  });
});

test('administrators see how the streams are', async () => {
  const stream = open(memorySink());
  const portal = await testPortal(store, { streams: [stream], localMode: true });
  expect((await portal.as(null, '/api/access/state')).statusCode).toBe(401);
  await portal.app.close();
});
