import { expect, it } from 'vitest';
import { mailHref, openHref, safeHref } from './href.ts';

it('opens the web and mail, and nothing that runs', () => {
  expect(safeHref('https://example.com/a')).toBe('https://example.com/a');
  expect(safeHref('url:https://example.com/a')).toBe('https://example.com/a');
  expect(safeHref('javascript:alert(1)')).toBeUndefined();
  expect(safeHref('data:text/html,x')).toBeUndefined();
  expect(safeHref('file:/etc/passwd')).toBeUndefined();
  expect(safeHref(undefined)).toBeUndefined();
});

it('writes to one mailbox and adds nothing', () => {
  expect(safeHref('mailto:shop@example.com')).toBe('mailto:shop@example.com');
  expect(safeHref('mailto:shop@example.com?bcc=x@example.com')).toBeUndefined();
  expect(mailHref('shop@example.com')).toBe('mailto:shop@example.com');
  expect(mailHref('shop@example.com?<b>')).toBeUndefined();
  expect(mailHref(null)).toBeUndefined();
});

it('opens paths of the portal itself, and no other host by way of them', () => {
  expect(openHref('/docs/problems?site=component%3Adefault%2Fpay')).toBe(
    '/docs/problems?site=component%3Adefault%2Fpay',
  );
  expect(openHref('https://example.com/a')).toBe('https://example.com/a');
  for (const address of [
    '//evil.example',
    '/\\evil.example',
    '/a b',
    '/\t/evil.example',
    'docs',
    'javascript:a',
    '',
  ])
    expect(openHref(address)).toBeUndefined();
});
