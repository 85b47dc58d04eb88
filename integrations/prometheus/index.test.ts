/** Against a server that answers as Prometheus documents its API; tools/prometheus.test.ts asks a real one. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PartReading } from '#model/contribution.ts';
import type { FactReading } from '#model/fact.ts';
import type { SourceContext } from '#model/integration.ts';
import { createKindRegistry } from '#model/kind-registry.ts';
import { prometheus } from './index.ts';

type Answer = { status?: number; body: object | string };

let server: Server;
let url: string;
let asked: { query: string; headers: IncomingMessage['headers'] }[];
/** By what the query holds; nothing for others. */
let answers: [part: string, answer: Answer][];

const vector = (...values: string[]): Answer => ({
  body: {
    status: 'success',
    data: { resultType: 'vector', result: values.map((value) => ({ metric: {}, value: [1, value] })) },
  },
});

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const query = new URLSearchParams(await text(request)).get('query') ?? '';
    asked.push({ query, headers: request.headers });
    const answer = answers.find(([part]) => query.includes(part))?.[1] ?? vector();
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
    response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
  answers = [];
});
afterAll(() => server.close());

const outside: NonNullable<SourceContext['fetch']> = async (address, { method, headers, body, signal }) => {
  const answer = await fetch(address, { method, headers, signal, ...(body !== undefined && { body }) });
  return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
};

const objective = (name: string, measure: object, more: object = {}) => ({
  ...{ name, target: 0.9, window: '1h' },
  measure: { failure: false, counter: true, ...measure },
  ...more,
});

const promised = (ref: string, ...objectives: object[]): FactReading => ({
  ...{ ref, name: 'slo', value: { objectives } },
  place: { location: 'file:/a/slo.yaml', path: 'slo.yaml' },
});

async function read(observed: FactReading[], config: object = {}): Promise<PartReading> {
  const applied: PartReading[] = [];
  const source = prometheus.create({ target: url, pollSeconds: 60, ...config } as never);
  const keys = await source.read({
    ...{ sourceId: 'prometheus', kinds: createKindRegistry(), workDir: '', now: () => new Date() },
    signal: new AbortController().signal,
    log: { info: () => undefined, warn: () => undefined },
    apply: async (readings) => void applied.push(...readings),
    remove: async () => undefined,
    progress: () => undefined,
    fetch: outside,
    observed: async () => observed,
  });
  const [reading] = applied;
  if (!reading) throw new Error('It has handed nothing over');
  expect(keys).toEqual([reading.part]);
  return reading;
}

const pay = 'component:default/pay';
const valuesOf = ({ facts = [] }: PartReading) => facts.map(({ value }) => value);

it('counts what is left of the budget, of several the one with the least', async () => {
  answers = [
    ['good_total', vector('97')],
    ['fast_total', vector('85')],
    ['all_total', vector('100')],
  ];
  const reading = await read([
    promised(
      pay,
      objective('well', { good: 'good_total', total: 'all_total' }),
      objective('fast', { good: 'fast_total', total: 'all_total' }),
    ),
  ]);
  expect(valuesOf(reading)).toEqual([
    {
      ...{ objective: 'fast', target: 0.9, window: '1h', indicator: 0.85, remaining: -0.5 },
      objectives: [
        { name: 'well', target: 0.9, window: '1h', indicator: 0.97, remaining: 0.7 },
        { name: 'fast', target: 0.9, window: '1h', indicator: 0.85, remaining: -0.5 },
      ],
    },
  ]);
  expect(reading.facts?.[0]).toMatchObject({ ref: pay, name: 'errorBudget', place: { path: 'slo.yaml' } });
  expect(reading.problems).toEqual([]);
});

it.each([
  ['what is bad', { bad: 'bad_total', total: 'all_total' }, [['bad_total', '5']], 0.5],
  ['nothing bad, of which there is no series then', { bad: 'bad_total', total: 'all_total' }, [], 1],
  ['nothing good', { good: 'good_total', total: 'all_total' }, [], -9],
  ['a share', { raw: 'share', counter: false }, [['share', '0.96']], 0.6],
  ['a share of failures', { raw: 'share', failure: true, counter: false }, [['share', '0.02']], 0.8],
] as const)('counts by %s', async (_, measure, said, remaining) => {
  answers = [
    ...said.map(([part, value]) => [part, vector(value)] as [string, Answer]),
    ['all_total', vector('100')],
  ];
  expect(valuesOf(await read([promised(pay, objective('a', measure))]))).toMatchObject([{ remaining }]);
});

it('takes a window in which nothing was asked for one with a whole budget', async () => {
  answers = [['all_total', vector('0')]];
  const reading = await read([promised(pay, objective('a', { good: 'good_total', total: 'all_total' }))]);
  expect(valuesOf(reading)).toMatchObject([{ indicator: 1, remaining: 1 }]);
});

it('says of which objective it knows nothing, or what is wrong with its query, and counts the others', async () => {
  answers = [
    [
      'broken(',
      { status: 400, body: { status: 'error', errorType: 'bad_data', error: 'parse error: unclosed' } },
    ],
    [
      'slow_total',
      { status: 503, body: { status: 'error', errorType: 'timeout', error: 'query timed out' } },
    ],
    ['all_total', vector('100')],
    ['good_total', vector('99')],
  ];
  const ratio = (good: string, total = 'all_total') => ({ good, total });
  const reading = await read([
    promised(
      pay,
      objective('gone', ratio('a_total', 'gone_total')),
      objective('wrong', ratio('broken(')),
      objective('slow', ratio('slow_total')),
    ),
    promised(
      'component:default/cart',
      objective('odd', ratio('good_total'), { window: '28 days' }),
      objective('well', ratio('good_total')),
    ),
  ]);
  expect(reading.facts?.map(({ ref }) => ref)).toEqual(['component:default/cart']);
  expect(reading.problems?.map(({ ref, message }) => `${ref}: ${message}`).sort()).toEqual([
    'component:default/cart: The error budget of odd can’t be counted: “28 days” is no window such as 28d',
    'component:default/pay: The error budget of gone can’t be counted: Prometheus knows nothing of gone_total',
    'component:default/pay: The error budget of slow can’t be counted: query timed out',
    'component:default/pay: The error budget of wrong can’t be counted: parse error: unclosed',
  ]);
  expect(reading.problems?.[0]).toMatchObject({
    level: 'warning',
    path: 'slo.yaml',
    remedy: expect.any(String),
  });
});

it.each([
  ['refuses whoever asks', { status: 401, body: 'Unauthorized' }, 'answered with 401'],
  ['is something else', { status: 200, body: '<html>' }, 'something else than its API'],
  ['is not ready', { status: 503, body: 'Service Unavailable' }, 'answered with 503'],
])('fails as a whole where Prometheus %s', async (_, answer, message) => {
  answers = [['', answer]];
  await expect(read([promised(pay, objective('a', { good: 'a', total: 'b' }))])).rejects.toThrow(message);
  // With nothing to be asked of it, too: the page of sources tells whether it can be reached.
  await expect(read([])).rejects.toThrow(message);
});

it('has nothing to say without promises', async () => {
  answers = [['', vector('1')]];
  expect(
    await read([promised(pay, { name: 'a', target: 1, window: '1h', measure: { raw: 'a' } })]),
  ).toMatchObject({
    facts: [],
    problems: [],
  });
});

it('sends its token, and leaves slashes of the address alone', async () => {
  answers = [['', vector('1')]];
  await read([], { target: `${url}///`, token: { reveal: () => 'a-token' } });
  expect(asked[0]?.headers.authorization).toBe('Bearer a-token');
});
