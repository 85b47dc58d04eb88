import { expect, it } from 'vitest';
import { countOver, secondsOf, shareOver } from './over-window.ts';

const DAY = 86_400;

it.each([
  ['28d', 28 * DAY],
  ['4w', 28 * DAY],
  ['1h', 3600],
  ['30m', 1800],
  ['1M', 30 * DAY],
  ['1Q', 90 * DAY],
  ['1Y', 365 * DAY],
  ['0d', undefined],
  ['28 days', undefined],
  ['d', undefined],
  ['99999999d', undefined],
])('reads the window %s', (window, seconds) => {
  expect(secondsOf(window)).toBe(seconds);
});

it.each([
  ['a counter', 'http_requests_total', true, 'sum(increase(http_requests_total[3600s]))'],
  [
    'a counter with labels',
    'http_requests_total{code!~"5..",job="pay"}',
    true,
    'sum(increase(http_requests_total{code!~"5..",job="pay"}[3600s]))',
  ],
  [
    'a sum of counters',
    'sum(http_requests_total{job="pay"})',
    true,
    'sum(increase(http_requests_total{job="pay"}[3600s]))',
  ],
  [
    'a sum by something',
    'sum by (code) (http_requests_total)',
    true,
    'sum(increase(http_requests_total[3600s]))',
  ],
  [
    'counters that are worked with',
    'a_total + b_total',
    true,
    'sum(increase((a_total + b_total)[3600s:15s]))',
  ],
  ['a rate', 'sum(rate(a_total[5m]))', false, 'sum(sum_over_time((sum(rate(a_total[5m])))[3600s:15s]))'],
  ['what is of the window already', 'sum(increase(a_total[1h]))', false, 'sum(sum(increase(a_total[1h])))'],
  [
    'a place for the window',
    'sum(increase(a_total[{{.window}}]))',
    true,
    'sum(sum(increase(a_total[3600s])))',
  ],
  ['another place for it', 'sum(rate(a_total[$__range]))', false, 'sum(sum(rate(a_total[3600s])))'],
])('counts %s over a window', (_, query, isCounter, whole) => {
  expect(countOver(query, 3600, isCounter)).toBe(whole);
});

it('takes the mean of a share', () => {
  expect(shareOver(' job:availability ', 28 * DAY)).toBe(
    'avg(avg_over_time((job:availability)[2419200s:2420s]))',
  );
  expect(shareOver('avg_over_time(up[28d])', 28 * DAY)).toBe('avg(avg_over_time(up[28d]))');
});
