import { expect, it } from 'vitest';
import { github, page, site } from './page-test-support.ts';

const at = '/docs/component/default/payments-api';

it.each([
  ['../index.md', 'page', 'index.md', `${at}?version=v1`],
  ['README.md', 'page', 'guide/README.md', `${at}/guide?version=v1`],
  ['.', 'page', 'guide/README.md', `${at}/guide?version=v1`],
  ['../guide/', 'page', 'guide/README.md', `${at}/guide?version=v1`],
  ['../index.md#first-steps', 'page', 'index.md', `${at}?version=v1#first-steps`],
  ['setup', 'page', 'guide/setup.md', `${at}/guide/setup?version=v1`],
  ['setup.html', 'page', 'guide/setup.md', `${at}/guide/setup?version=v1`],
  ['/guide/setup.md', 'page', 'guide/setup.md', `${at}/guide/setup?version=v1`],
  ['<../my file.md>', 'page', 'my file.md', `${at}/my%20file?version=v1`],
  ['../my%20file.md', 'page', 'my file.md', `${at}/my%20file?version=v1`],
  ['../data.csv', 'file', 'data.csv', '/api/docs/files/component/default/payments-api/data.csv?version=v1'],
  [
    '../../src/main.ts#L3',
    'outside',
    undefined,
    'https://git.example/acme/payments/tree/main/src/main.ts#L3',
  ],
  ['https://example.com/a?b=c&d', 'external', undefined, 'https://example.com/a?b=c&amp;d'],
  ['//example.com/a', 'external', undefined, 'https://example.com/a'],
  ['mailto:team@example.com', 'mail', undefined, 'mailto:team@example.com'],
])('a link to %s is a link to a %s', (href, kind, path, address) => {
  const { links, html } = page(`[x](${href})`);
  expect(links).toMatchObject([{ href: href.replace(/^<|>$/g, ''), kind, line: 1, text: 'x' }]);
  expect(links[0]?.path).toBe(path);
  expect(links[0]?.missing).toBeUndefined();
  expect(html).toContain(`href="${address}"`);
});

it('a page is also found from where MkDocs publishes the page that links to it', () => {
  expect(page('<a href="../../data.csv">x</a>').links).toMatchObject([{ path: 'data.csv' }]);
  expect(page('<a href="../../data.csv">x</a>', github).links).toMatchObject([{ kind: 'outside' }]);
});

it.each([
  ['nowhere.md', { kind: 'page', path: 'guide/nowhere.md' }],
  ['nowhere.pdf', { kind: 'file', path: 'guide/nowhere.pdf' }],
  ['nowhere', { kind: 'page', path: 'guide/nowhere' }],
  ['#nowhere', { kind: 'anchor', anchor: 'nowhere' }],
  ['setup.md#nowhere', { kind: 'page', path: 'guide/setup.md', anchor: 'nowhere' }],
])('a link to %s is missing', (href, expected) => {
  expect(page(`# Here\n\n[x](${href})`).links).toMatchObject([{ ...expected, missing: true }]);
});

it('anchors on the page are headings, and ids in HTML', () => {
  const text = '# Here\n\n[a](#here) [b](#there) [c](#top) [d](#)\n\n<a name="there"></a>';
  expect(page(text).links.filter((link) => link.missing)).toEqual([]);
});

it('links that lead out are missing where the repository is at no host', () => {
  const { outside: _, ...alone } = site;
  expect(page('[x](../../src/main.ts)', alone).links).toMatchObject([{ kind: 'outside', missing: true }]);
});

it('links in HTML are led to the same places', () => {
  const { html, links } = page('text\n\n<p align="center"><a href="../index.md">Home</a></p>');
  expect(html).toContain(`<p class="align-center"><a href="${at}?version=v1">Home</a></p>`);
  expect(links).toEqual([{ href: '../index.md', text: 'Home', line: 3, kind: 'page', path: 'index.md' }]);
});

it('links outside say nothing of where they were followed', () => {
  expect(page('<https://example.com>').html).toContain('rel="noopener noreferrer"');
});

it('pictures of the site are shown when they are scrolled to', () => {
  const { html, images } = page('![Flow](pictures/flow.png){ width=300 }\n![x](missing.png)');
  expect(html).toContain(
    'src="/api/docs/files/component/default/payments-api/guide/pictures/flow.png?version=v1"',
  );
  expect(html).toContain('width="300"');
  expect(html).toContain('loading="lazy"');
  expect(images).toEqual([
    { src: 'pictures/flow.png', alt: 'Flow', line: 1, kind: 'file', path: 'guide/pictures/flow.png' },
    { src: 'missing.png', alt: 'x', line: 2, kind: 'file', path: 'guide/missing.png', missing: true },
  ]);
});

it('pictures from elsewhere are links, and text inside of links', () => {
  expect(page('![Badge](https://example.com/b.svg)').html).toContain(
    '<a class="remote-image" href="https://example.com/b.svg" rel="noopener noreferrer">Badge</a>',
  );
  const inside = page('[![Badge](https://example.com/b.svg)](../index.md)').html;
  expect(inside).toContain('<span class="remote-image">Badge</span></a>');
});
