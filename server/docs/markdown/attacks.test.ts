import fc from 'fast-check';
import { DomUtils, parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { attacks, badAddresses } from '#tools/docs-attacks.ts';
import { cleanSvg } from './clean-svg.ts';
import type { SiteContext } from './page.ts';
import { renderPage } from './render-page.ts';

const site = {
  key: 'attacks',
  files: ['index.md', 'x', 'other.md', 'picture.png'],
  pageBase: '/docs/site',
  fileBase: '/files/site',
  query: '',
};
const flavours: SiteContext['flavour'][] = ['mkdocs', 'github'];

const allowed = new Set(
  (
    'h1 h2 h3 h4 h5 h6 p div span section article a img br wbr hr ul ol li dl dt dd blockquote pre code kbd samp var ' +
    'em strong b i u s del ins sub sup mark small abbr cite q dfn time bdi bdo address ruby rt rp details summary ' +
    'table caption colgroup col thead tbody tfoot tr th td figure figcaption label input x-slot ' +
    'math mrow mi mo mn mtext mfrac msup msub munder mover mspace mstyle semantics annotation mpadded'
  ).split(' '),
);
const attributes = new Set(
  (
    'id class href rel src alt loading title lang dir colspan rowspan scope start reversed value type align width ' +
    'height datetime open for data-tabs data-line data-slot n tabindex aria-hidden aria-label disabled checked name ' +
    'display stretchy fence form separator lspace rspace mathvariant linethickness scriptlevel displaystyle'
  ).split(' '),
);

/** What of a page would act, load something from elsewhere or look like the portal itself. */
function dangers(html: string): string[] {
  return DomUtils.findAll(() => true, parseDocument(html).children).flatMap((element) => {
    const found = allowed.has(element.name) ? [] : [`<${element.name}>`];
    for (const [name, value] of Object.entries(element.attribs)) {
      if (!attributes.has(name)) found.push(`${element.name} ${name}`);
      if (name === 'href' && !/^(?:#|\/docs\/site|\/files\/site|https?:\/\/|mailto:|tel:)/.test(value)) {
        found.push(`href ${value}`);
      }
      if (name === 'src' && !value.startsWith('/files/site/')) found.push(`src ${value}`);
      if (name === 'id' && /^(?:root|main)$|^mantine/.test(value)) found.push(`id ${value}`);
      if (name === 'class' && /mantine|shell|m_54c44539/.test(value)) found.push(`class ${value}`);
      if (name === 'name' && !value.startsWith('__tabbed_')) found.push(`name ${value}`);
    }
    if (element.name === 'input' && !/^(?:radio|checkbox)$/.test(element.attribs.type ?? ''))
      found.push('input');
    const isExternal = /^https?:/.test(element.attribs.href ?? '');
    if (isExternal && element.attribs.rel !== 'noopener noreferrer')
      found.push(`no rel: ${element.attribs.href}`);
    return found;
  });
}

function rendered(flavour: SiteContext['flavour'], text: string): string {
  return renderPage({ ...site, flavour }, { path: 'index.md', text, snippets: {} }, { highlight: true }).html;
}

describe('pages', () => {
  const texts = attacks().filter((attack) => attack.in === 'markdown');

  it('know more than two hundred attacks', () => {
    expect(attacks().length).toBeGreaterThan(200);
  });

  it('are told from those that act', () => {
    expect(dangers('<img src=x onerror=alert(1)>')).toEqual(['src x', 'img onerror']);
    expect(dangers('<a href="javascript:alert(1)">x</a><script></script>')).toHaveLength(2);
  });

  it.each(flavours)('hold nothing that acts, in the flavour %s', (flavour) => {
    const found = texts.flatMap(({ text }) =>
      dangers(rendered(flavour, text)).map((what) => `${what} of ${text}`),
    );
    expect(found).toEqual([]);
  });

  it.each(flavours)(
    'hold nothing that acts where attacks stand inside of something, in the flavour %s',
    (flavour) => {
      const inside = (text: string) => [
        `- item\n\n    ${text.replaceAll('\n', '\n    ')}`,
        `> ${text.replaceAll('\n', '\n> ')}`,
        `| a | b |\n|---|---|\n| ${text.split('\n')[0]} | c |`,
        `!!! note\n    ${text.replaceAll('\n', '\n    ')}`,
        `<div markdown>\n${text}\n</div>`,
        `[${text}](other.md)`,
        `<p title="${text}">`,
      ];
      const found = texts.flatMap(({ text }) =>
        inside(text).flatMap((page) => dangers(rendered(flavour, page)).map((what) => `${what} of ${page}`)),
      );
      expect(found).toEqual([]);
    },
  );

  it('hold nothing that acts, whatever parts of attacks stand together', () => {
    const parts = texts.map(({ text }) => text).filter((text) => text.length < 200);
    const part = fc.oneof(
      fc.constantFrom(...parts),
      fc.constantFrom(...parts).chain((text) => fc.nat(text.length).map((end) => text.slice(0, end))),
      fc.constantFrom(
        '\n',
        '\n\n',
        '    ',
        '"',
        "'",
        '>',
        '`',
        '```\n',
        '- ',
        '> ',
        '</div>',
        '<div markdown>\n',
      ),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), fc.constantFrom(...flavours), (list, flavour) => {
        expect(dangers(rendered(flavour, list.join('')))).toEqual([]);
      }),
      { numRuns: 400, seed: 14 },
    );
  });

  it('tell links that may not be followed from text', () => {
    for (const address of badAddresses) {
      const { links } = renderPage(
        { ...site, flavour: 'github' },
        { path: 'index.md', text: `<a href="${address}">x</a>`, snippets: {} },
        { highlight: false },
      );
      expect(links.filter((link) => link.kind === 'external' || link.kind === 'mail')).toEqual([]);
    }
  });
});

describe('drawings', () => {
  it('hold nothing that acts or loads something', () => {
    const found = attacks()
      .filter((attack) => attack.in === 'svg')
      .flatMap(({ text }) => {
        const clean = cleanSvg(text);
        const elements = DomUtils.findAll(() => true, parseDocument(clean, { xmlMode: true }).children);
        return elements.flatMap((element) => [
          ...(/script|foreignobject|iframe|handler|animate|^set$|feimage|^a$/i.test(element.name)
            ? [element.name]
            : []),
          ...Object.entries(element.attribs)
            .filter(
              ([name, value]) =>
                /^on|base/i.test(name) || /script:|https?:\/\/example|data:image\/svg/i.test(value),
            )
            .map(([name, value]) => `${name}=${value} of ${text}`),
          ...(element.name === 'style' && /url|@import|</.test(DomUtils.textContent(element)) ? [text] : []),
        ]);
      });
    expect(found).toEqual([]);
  });

  it('stay as they are otherwise', () => {
    const drawing =
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><style>.a{fill:#f00}</style><defs>' +
      '<linearGradient id="g" x1="0"><stop offset="0" stop-color="#fff"></stop></linearGradient></defs>' +
      '<g transform="rotate(10)"><rect class="a" style="stroke:#000" fill="url(#g)"></rect><use href="#g"></use>' +
      '<text x="1">A &lt; B</text></g></svg>';
    expect(cleanSvg(`<?xml version="1.0"?>\n${drawing}`)).toBe(drawing);
  });
});
