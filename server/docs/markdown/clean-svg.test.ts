import { expect, it } from 'vitest';
import { cleanSvg } from './clean-svg.ts';

const around = (inner: string, more = '') => `<svg xmlns="http://www.w3.org/2000/svg"${more}>${inner}</svg>`;

it('keeps drawings as they are', () => {
  const drawing = around(
    '<defs><linearGradient id="a"><stop offset="0"></stop></linearGradient></defs><style>.x{fill:url(#a)}</style><path class="x" d="M0 0h1" fill="url(#a)"></path><use xlink:href="#a"></use>',
    ' viewBox="0 0 1 1" xmlns:xlink="http://www.w3.org/1999/xlink"',
  );
  const cleaned = cleanSvg(`<?xml version="1.0"?><!DOCTYPE svg>${drawing}`);
  for (const part of ['viewBox', 'linearGradient', 'fill="url(#a)"', 'xlink:href="#a"', '.x{fill:url(#a)}']) {
    expect(cleaned).toContain(part);
  }
});

it.each([
  around('<script>alert(1)</script>'),
  around('<rect/>', ' onload="alert(1)"'),
  around('<a xlink:href="javascript:alert(1)"><text>x</text></a>'),
  around('<use href="https://evil.example/x.svg#a"/>'),
  around('<image href="data:image/svg+xml;base64,PHN2Zy8+"/>'),
  around('<foreignObject><iframe srcdoc="&lt;script&gt;alert(1)&lt;/script&gt;"></iframe></foreignObject>'),
  around('<animate attributeName="href" values="javascript:alert(1)"/>'),
  around('<set attributeName="onload" to="alert(1)"/>'),
  around('<style>@import url(https://evil.example/a.css);</style>'),
  around('<style>rect{background:url("https://evil.example/")}</style>'),
  around('<rect style="fill:url(https://evil.example/)"/>'),
  around('<SCRIPT>alert(1)</SCRIPT><ScRiPt/>'),
  around('<rect/><![CDATA[<script>alert(1)</script>]]>'),
  '<!DOCTYPE svg [<!ENTITY x "<script>alert(1)</script>">]><svg>&x;</svg>',
  '<html><script>alert(1)</script></html>',
  'javascript:alert(1)',
])('leaves nothing that acts: %s', (text) => {
  const cleaned = cleanSvg(text);
  expect(cleaned).toMatch(/^<svg[\s>]/);
  expect(cleaned).not.toMatch(
    /<script|<foreignObject|<iframe|<a[\s>]|<animate|<set[\s>]|\son\w+=|javascript:|evil\.example|svg\+xml/i,
  );
});
