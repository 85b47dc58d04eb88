import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AtriumError } from '#model/errors.ts';
import { checkable } from './checkable.ts';
import { readRobots } from './robots.ts';
import { dueAfter, isDead, judged, type LinkState, type Outcome, ofError, ofStatus } from './verdict.ts';

const DAY_MS = 24 * 3_600_000;
const unknown: LinkState = { status: null, error: null, checkedAt: null, askedAt: null, failures: 0 };
const failure: Outcome = { kind: 'failed', status: null, error: 'ENOTFOUND' };
const day = (number: number, hour = 12) => new Date(Date.UTC(2026, 0, number, hour));

describe('a verdict', () => {
  it.each([
    ['there', [200, 204, 304]],
    ['gone', [404, 410]],
    ['unknown', [401, 403, 405, 407, 408, 429, 451, 500, 502, 503, 504, 999]],
    ['failed', [400, 414]],
  ] as const)('is %s', (kind, statuses) => {
    for (const status of statuses) expect([status, ofStatus(status).kind]).toEqual([status, kind]);
  });

  it('tells a name that is not known from what may be so for a moment', () => {
    const failed = (code: string) =>
      new AtriumError('FETCH_FAILED', 'x', {
        cause: new TypeError('x', { cause: Object.assign(new Error(), { code }) }),
      });
    expect(ofError(failed('ENOTFOUND')).kind).toBe('failed');
    expect(ofError(failed('ECONNREFUSED')).kind).toBe('failed');
    for (const code of ['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT', 'EAI_AGAIN', 'ECONNRESET'])
      expect(ofError(failed(code)).kind).toBe('unknown');
    expect(ofError(new AtriumError('FETCH_FAILED', 'no answer in time')).kind).toBe('unknown');
    expect(ofError(new AtriumError('ADDRESS_REFUSED', 'inside')).kind).toBe('refused');
    expect(ofError(new AtriumError('FETCH_TOO_LARGE', 'large')).kind).toBe('there');
  });

  it('is dead at once when it is gone, and by failures on three days', () => {
    expect(isDead(judged(unknown, ofStatus(404), day(1)))).toBe(true);
    let state = unknown;
    for (const at of [day(1), day(1, 20), day(2)]) state = judged(state, failure, at);
    expect([state.failures, isDead(state)]).toEqual([2, false]);
    state = judged(judged(state, ofStatus(503), day(3)), failure, day(4));
    expect([state.failures, isDead(state)]).toEqual([3, true]);
    expect(isDead(judged(state, ofStatus(200), day(5)))).toBe(false);
  });

  it('stays as it is when nothing can be told, and when what is gone does not even answer', () => {
    const gone = judged(unknown, ofStatus(410), day(1));
    expect(isDead(judged(gone, ofStatus(500), day(8)))).toBe(true);
    expect(isDead(judged(gone, failure, day(8)))).toBe(true);
    expect(isDead(judged(unknown, ofStatus(500), day(1)))).toBe(false);
  });

  it('never makes a link dead that was not gone and did not fail on three days', () => {
    const outcome = fc.constantFrom<Outcome>(failure, ofStatus(200), ofStatus(403), ofStatus(503));
    fc.assert(
      fc.property(fc.array(fc.tuple(outcome, fc.nat(6)), { maxLength: 12 }), (asked) => {
        let state = unknown;
        const failedOn = new Set<number>();
        for (const [each, on] of asked.toSorted((a, b) => a[1] - b[1])) {
          state = judged(state, each, day(on + 1));
          if (each.kind === 'there') failedOn.clear();
          if (each.kind === 'failed') failedOn.add(on);
          expect(isDead(state)).toBe(failedOn.size >= 3);
        }
      }),
    );
  });

  it('is kept for a week, and asked again on the next day where nothing is known, never sooner', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(200, 404, 403, 500),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (status, random) => {
          const wait = dueAfter(ofStatus(status), day(1), random).getTime() - day(1).getTime();
          const least = status === 200 || status === 404 ? 7 : 1;
          expect(wait).toBeGreaterThanOrEqual(least * DAY_MS);
          expect(wait).toBeLessThanOrEqual(least * 1.15 * DAY_MS + 1);
        },
      ),
    );
  });
});

describe('a link', () => {
  const own = new Set(['portal.acme.io']);
  it.each([
    ['https://acme.io/a?b=c#d', 'https://acme.io/a?b=c'],
    ['//acme.io/a', 'https://acme.io/a'],
    ['http://acme.io', 'http://acme.io/'],
    ['https://github.com/acme/x/compare/v1..v2', 'https://github.com/acme/x/compare/v1..v2'],
  ])('is asked without its anchor: %s', (href, url) => {
    expect(checkable(href, own)).toBe(url);
  });

  it.each([
    'https://portal.acme.io/docs',
    'https://example.com/x',
    'https://api.example.org',
    'http://localhost:8080/',
    'http://127.0.0.1/x',
    'http://[::1]/x',
    'http://jenkins/job',
    'https://ci.corp/x',
    'https://user:secret@acme.io/',
    'https://github.com/<org>/repo',
    'https://{host}.acme.io/',
    'https://acme.io/%7Bid%7D',
    'https://github.com/your-org/repo',
    'mailto:ada@acme.io',
    'tel:+4912',
    'ftp://acme.io/x',
    `https://acme.io/${'a'.repeat(1000)}`,
    'https://',
  ])('is not asked: %s', (href) => {
    expect(checkable(href, own)).toBeUndefined();
  });
});

describe('robots.txt', () => {
  const rules = (text: string) => readRobots(text, 'Atrium-link-check');

  it('is heeded by the longest rule of our own group, else of everybody’s', () => {
    const text = `User-agent: other
Disallow: /

User-agent: *
Disallow: /private # not for programs
Allow: /private/open
Disallow: /*.pdf$
Disallow:
`;
    const robots = rules(text);
    expect(
      ['/', '/private', '/privately', '/private/open/x', '/a.pdf', '/a.pdf?x', '/a/b'].filter((path) =>
        robots.allows(path),
      ),
    ).toEqual(['/', '/private/open/x', '/a.pdf?x', '/a/b']);
    expect(
      rules(`${text}\nUser-agent: Bot\nUser-agent: atrium-LINK-check\nDisallow: /a`).allows('/private'),
    ).toBe(true);
    expect(rules('User-agent: *\nDisallow: /').allows('/')).toBe(false);
    expect(rules('<html>none</html>').allows('/')).toBe(true);
  });

  it('takes no time, however its rules are written', () => {
    const robots = rules(`User-agent: *\nDisallow: /${'*a'.repeat(400)}$`);
    expect(robots.allows(`/${'a'.repeat(2000)}`)).toBe(false);
    expect(robots.allows(`/${'a'.repeat(2000)}b`)).toBe(true);
  });

  it('never fails', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'Usergnt-:*/$#\nDisalow ') }),
        fc.string(),
        (text, path) => {
          expect(typeof rules(text).allows(path)).toBe('boolean');
        },
      ),
    );
  });
});
