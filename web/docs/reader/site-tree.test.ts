import { expect, it } from 'vitest';
import { decisionsOf, flat, openSections, pathTo } from './site-tree.ts';

const leaf = (title: string) => ({ title, page: title.toLowerCase() });
const running = { title: 'Running', children: [leaf('Runbook'), leaf('Alerts')] };
const nav = [leaf('Start'), running];

it('finds the way to a page', () => {
  expect(pathTo(nav, ({ page }) => page === 'alerts').map(({ title }) => title)).toEqual([
    'Running',
    'Alerts',
  ]);
  expect(pathTo(nav, ({ page }) => page === 'start')).toEqual([nav[0]]);
  expect(pathTo(nav, ({ page }) => page === 'gone')).toEqual([]);
});

it('opens all of a small site, and of a large one the way to the page', () => {
  expect(openSections(nav, [])(running, 0)).toBe(true);
  const sections = Array.from({ length: 9 }, (_, index) => ({
    title: `Section ${index}`,
    children: Array.from({ length: 9 }, (_, page) => leaf(`Page ${index}.${page}`)),
  }));
  const [first, second] = sections;
  if (!first || !second) throw new Error('no sections');
  const isOpen = openSections(sections, [second]);
  expect([isOpen(first, 0), isOpen(second, 0)]).toEqual([false, true]);
  expect(flat(sections)).toHaveLength(90);
});

it('tells decisions from newest to oldest', () => {
  const decision = (title: string, date?: string) => ({
    ...leaf(title),
    mark: 'decision' as const,
    ...(date && { date, status: 'accepted' }),
  });
  const decisions = decisionsOf([
    ...nav,
    {
      title: 'Decisions',
      children: [decision('Old', '2023-01-01'), decision('Never'), decision('New', '2026-01-01')],
    },
  ]);
  expect(decisions.map(({ title }) => title)).toEqual(['New', 'Old', 'Never']);
});
