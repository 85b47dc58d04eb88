/** Against a server that answers as PagerDuty documents its REST API. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { PartReading } from '#model/contribution.ts';
import type { AnnotatedEntity, SourceContext } from '#model/integration.ts';
import { createKindRegistry } from '#model/kind-registry.ts';
import { pagerduty } from './index.ts';

interface Asked {
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
}
type Answer = { status?: number; body: object | string } | 'never';

let server: Server;
let url: string;
let asked: Asked[];
let answer: (asked: Asked) => Answer;

const nothing: Answer = { body: { oncalls: [], limit: 100, offset: 0, more: false, total: null } };
const notFound: Answer = { status: 404, body: { error: { message: 'Not Found', code: 2100 } } };

beforeAll(async () => {
  server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://pagerduty');
    const one = { path: pathname, query: searchParams, headers: request.headers };
    asked.push(one);
    const said = answer(one);
    if (said === 'never') return;
    response.writeHead(said.status ?? 200, { 'content-type': 'application/json' });
    response.end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked = [];
  answer = () => nothing;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const outside: NonNullable<SourceContext['fetch']> = async (address, { method, headers, signal }) => {
  const said = await fetch(address, { method, headers, signal });
  return { status: said.status, body: Buffer.from(await said.arrayBuffer()) };
};

const team = 'group:default/pagers';
const pay = 'component:default/pay';
const names = (ref: string, what: string, id: string): AnnotatedEntity => ({
  ref,
  annotations: { [`pagerduty.com/${what}`]: id },
});

const user = (id: string, name: string) => ({
  ...{ id, type: 'user', summary: name, name, email: `${name.toLowerCase()}@example.com` },
  html_url: `https://acme.pagerduty.com/users/${id}`,
});
const reference = (id: string, summary: string, page: string) => ({
  ...{ id, summary, type: 'reference', html_url: `https://acme.pagerduty.com/${page}#${id}` },
});
const primary = reference('PSCHED1', 'Primary', 'schedules');
const policy = reference('PPOL1', 'Payments', 'escalation_policies');
const onCall = (who: object, more: object = {}) => ({
  ...{ user: who, schedule: primary, escalation_policy: policy, escalation_level: 1 },
  ...{ start: '2026-03-01T08:00:00Z', end: '2026-03-08T08:00:00Z' },
  ...more,
});
const page = (oncalls: object[], more = false): Answer => ({ body: { oncalls, limit: 100, more } });

function contextFor(annotated: AnnotatedEntity[], applied: PartReading[], more: object = {}): SourceContext {
  return {
    ...{ sourceId: 'pagerduty', kinds: createKindRegistry(), workDir: '' },
    now: () => new Date('2026-03-01T12:00:00Z'),
    signal: new AbortController().signal,
    log: { info: () => undefined, warn: () => undefined },
    apply: async (readings) => void applied.push(...readings),
    remove: async () => undefined,
    progress: () => undefined,
    fetch: outside,
    annotated: async () => annotated,
    ...more,
  };
}

const sourceOf = (config: object = {}) =>
  pagerduty.create({ target: url, token: { reveal: () => 'a-token' }, pollSeconds: 60, ...config });

async function read(annotated: AnnotatedEntity[], source = sourceOf()): Promise<PartReading> {
  const applied: PartReading[] = [];
  const keys = await source.read(contextFor(annotated, applied));
  const [reading] = applied;
  if (!reading) throw new Error('It has handed nothing over');
  expect(keys).toEqual([reading.part]);
  return reading;
}

it('tells who is on call by the schedule of a group, and until when', async () => {
  answer = () => page([onCall(user('PADA', 'Ada'))]);
  const reading = await read([names(team, 'schedule-id', ' PSCHED1 ')], sourceOf({ target: `${url}//` }));
  expect(reading.problems).toEqual([]);
  expect(reading.facts).toEqual([
    {
      ref: team,
      name: 'onCall',
      value: {
        system: 'PagerDuty',
        people: [
          {
            name: 'Ada',
            email: 'ada@example.com',
            link: 'https://acme.pagerduty.com/users/PADA',
            level: 1,
            since: '2026-03-01T08:00:00.000Z',
            until: '2026-03-08T08:00:00.000Z',
            plan: {
              kind: 'schedule',
              name: 'Primary',
              link: 'https://acme.pagerduty.com/schedules#PSCHED1',
            },
          },
        ],
      },
    },
  ]);
  const [only] = asked;
  expect(asked).toHaveLength(1);
  expect(only?.path).toBe('/oncalls');
  expect([...(only?.query ?? [])]).toEqual([
    ['include[]', 'users'],
    ['time_zone', 'UTC'],
    ['schedule_ids[]', 'PSCHED1'],
    ['limit', '100'],
    ['offset', '0'],
  ]);
  expect(only?.headers.authorization).toBe('Token token=a-token');
  expect(only?.headers.accept).toBe('application/vnd.pagerduty+json;version=2');
});

const peopleOf = ({ facts = [] }: PartReading) =>
  Object.fromEntries(
    facts.map(({ ref, value }) => {
      const { people } = value as { people: { name: string; level: number }[] };
      return [ref, people.map(({ name, level }) => `${level} ${name}`)];
    }),
  );

it('names everybody whom an escalation policy has, the first level first and each person once', async () => {
  const always = { schedule: null, start: null, end: null };
  answer = () =>
    page([
      onCall(user('PCID', 'Cid'), { ...always, escalation_level: 3 }),
      onCall(user('PBOB', 'Bob'), { escalation_level: 2 }),
      onCall(user('PADA', 'Ada')),
      onCall(user('PADA', 'Ada'), { ...always, escalation_level: 2 }),
    ]);
  const reading = await read([names(team, 'escalation-policy-id', 'PPOL1')]);
  expect(peopleOf(reading)).toEqual({ [team]: ['1 Ada', '2 Bob', '3 Cid'] });
  const said = reading.facts?.map(({ value }) => value as { people: object[] });
  expect(said?.[0]?.people[2]).toEqual({
    ...{ name: 'Cid', email: 'cid@example.com', link: 'https://acme.pagerduty.com/users/PCID', level: 3 },
    plan: {
      kind: 'escalation policy',
      name: 'Payments',
      link: 'https://acme.pagerduty.com/escalation_policies#PPOL1',
    },
  });
  expect(asked[0]?.query.getAll('escalation_policy_ids[]')).toEqual(['PPOL1']);
});

it('asks for the escalation policy of a service, and remembers it', async () => {
  answer = ({ path }) =>
    path === '/services/PSVC1'
      ? { body: { service: { id: 'PSVC1', escalation_policy: policy } } }
      : page([onCall(user('PADA', 'Ada'))]);
  const source = sourceOf();
  for (let time = 0; time < 2; time++)
    expect(peopleOf(await read([names(pay, 'service-id', 'PSVC1')], source))).toEqual({ [pay]: ['1 Ada'] });
  expect(asked.map(({ path }) => path)).toEqual(['/services/PSVC1', '/oncalls', '/oncalls']);
});

it('reads page after page', async () => {
  answer = ({ query }) =>
    query.get('offset') === '0'
      ? page([onCall(user('PADA', 'Ada'))], true)
      : page([onCall(user('PBOB', 'Bob'), { escalation_level: 2 })]);
  expect(peopleOf(await read([names(team, 'schedule-id', 'PSCHED1')]))).toEqual({
    [team]: ['1 Ada', '2 Bob'],
  });
  expect(asked.map(({ query }) => query.get('offset'))).toEqual(['0', '100']);
});

it('gives up where pages never end', async () => {
  answer = () => page([onCall(user('PADA', 'Ada'))], true);
  await expect(read([names(team, 'schedule-id', 'PSCHED1')])).rejects.toMatchObject({
    code: 'SOURCE_UNREADABLE',
    message: expect.stringContaining('more than 2000'),
  });
});

it('asks for many plans in few requests', async () => {
  const many = Array.from({ length: 60 }, (_, index) =>
    names(`group:default/g${index}`, 'schedule-id', `P${index}`),
  );
  await read(many);
  expect(asked.map(({ query }) => query.getAll('schedule_ids[]').length)).toEqual([25, 25, 10]);
});

it('tells of ids that PagerDuty refuses, and asks for the others', async () => {
  answer = ({ path, query }) => {
    if (path.startsWith('/services/')) return notFound;
    return query.getAll('schedule_ids[]').includes('PGONE') ? notFound : page([onCall(user('PADA', 'Ada'))]);
  };
  const other = 'group:default/others';
  const reading = await read([
    names(other, 'schedule-id', 'PGONE'),
    names(team, 'schedule-id', 'PSCHED1'),
    names('group:default/typo', 'schedule-id', 'no id'),
    names(pay, 'service-id', 'PNONE'),
  ]);
  expect(peopleOf(reading)).toEqual({ [team]: ['1 Ada'] });
  expect(reading.problems?.map(({ ref, message }) => `${ref}: ${message}`)).toEqual([
    `${other}: PagerDuty has no schedule PGONE, or the token may not read it`,
    'group:default/typo: pagerduty.com/schedule-id is no id of PagerDuty’s',
    `${pay}: PagerDuty has no service PNONE, or the token may not read it`,
  ]);
});

it('says nothing of plans by which nobody is on call', async () => {
  answer = () => page([onCall(user('PADA', 'Ada')), { ...onCall({}), user: null }]);
  const reading = await read([
    names(team, 'schedule-id', 'PSCHED1'),
    names('group:default/idle', 'schedule-id', 'PIDLE'),
  ]);
  expect(peopleOf(reading)).toEqual({ [team]: ['1 Ada'] });
  expect(reading.problems).toEqual([]);
});

it.each([
  ['refuses the token', { status: 401, body: { error: { code: 2006 } } }, 'the token is wrong'],
  ['is asked too often', { status: 429, body: { error: { code: 2020 } } }, 'asked too often'],
  ['is not well', { status: 500, body: 'oops' }, 'answered with 500'],
  ['is something else', { status: 200, body: '<html>' }, 'something else than its API'],
  ['says something else', { status: 200, body: { oncalls: 'none' } }, 'something else than its API'],
  ['is at another address', { status: 404, body: '<html>' }, 'answered with 404'],
])('fails as a whole where PagerDuty %s, and hands nothing over', async (_, said, message) => {
  answer = () => said;
  // With nothing to be asked of it, too: the page of sources tells whether it can be reached.
  for (const annotated of [[names(team, 'schedule-id', 'PSCHED1')], []]) {
    const applied: PartReading[] = [];
    const reading = sourceOf().read(contextFor(annotated, applied));
    await expect(reading).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      message: expect.stringContaining(message),
    });
    expect(applied).toEqual([]);
  }
});

it('bounds how long and how much it reads, and stops when it is told to', async () => {
  const bounds: number[][] = [];
  const stop = new AbortController();
  answer = () => {
    stop.abort(new Error('stopped'));
    return 'never';
  };
  const applied: PartReading[] = [];
  const reading = sourceOf().read(
    contextFor([names(team, 'schedule-id', 'PSCHED1')], applied, {
      signal: stop.signal,
      fetch: (...[address, request]: Parameters<typeof outside>) => {
        bounds.push([request.timeLimit, request.largest]);
        return outside(address, request);
      },
    }),
  );
  await expect(reading).rejects.toThrow('stopped');
  expect(bounds).toEqual([[20_000, 4 * 1024 * 1024]]);
  expect(applied).toEqual([]);
});

it('is for sources of the configuration alone', async () => {
  const { annotated: _, ...registered } = contextFor([], []);
  await expect(sourceOf().read(registered)).rejects.toThrow('configuration alone');
});
