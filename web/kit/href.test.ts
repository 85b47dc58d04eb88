import { expect, it } from 'vitest';
import { safeHref } from './href.ts';

it('opens the web and mail, and nothing that runs', () => {
  expect(safeHref('https://example.com/a')).toBe('https://example.com/a');
  expect(safeHref('url:https://example.com/a')).toBe('https://example.com/a');
  expect(safeHref('javascript:alert(1)')).toBeUndefined();
  expect(safeHref('data:text/html,x')).toBeUndefined();
  expect(safeHref('file:/etc/passwd')).toBeUndefined();
  expect(safeHref(undefined)).toBeUndefined();
});
