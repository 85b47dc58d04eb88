/** Drawings without what could do anything but be seen. */
import sanitize from 'sanitize-html';

const shapes =
  'svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath image marker ' +
  'pattern mask clipPath linearGradient radialGradient stop filter feBlend feColorMatrix feComponentTransfer ' +
  'feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA ' +
  'feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting ' +
  'feSpotLight feTile feTurbulence switch view style';

/** What is drawn inside of these is no drawing. */
const withoutText = [
  'script',
  'foreignObject',
  'handler',
  'listener',
  'iframe',
  'embed',
  'object',
  'audio',
  'video',
];

/** Only parts of the same file, and pictures that are in it. */
const INSIDE = /^(?:#[\w.:-]+|data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+)$/;
const REFERENCE = /^(?:xlink:)?href$|^src$/i;
const EVENT = /^on|^(?:begin|end|attributeName|formaction|action|base)$|:on/i;
/** Where a style leads elsewhere, or hides that it does. */
const OUTWARD = /@import|expression|javascript:|-moz-binding|behavior\s*:|url\(\s*['"]?(?!#)|\\/i;

/** The sanitiser leaves what stands in it as it is. */
const STYLE = /<style[^>]*>([\s\S]*?)<\/style>/g;

/**
 * An SVG file by an allow-list of elements: no script, no animation of addresses, no foreign content, nothing that is
 * fetched. What is no SVG gives an empty drawing.
 */
export function cleanSvg(text: string): string {
  const cleaned = sanitize(text, {
    allowedTags: shapes.split(' '),
    allowedAttributes: false,
    allowVulnerableTags: true,
    nonTextTags: withoutText,
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: safe(attribs) }) },
  }).replace(STYLE, (whole, css: string) => (OUTWARD.test(css) || css.includes('&') ? '' : whole));
  return /^\s*<svg[\s>]/.test(cleaned) ? cleaned.trim() : '<svg xmlns="http://www.w3.org/2000/svg"/>';
}

function safe(attributes: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name, value]) => {
      if (EVENT.test(name)) return false;
      if (REFERENCE.test(name)) return INSIDE.test(value.trim());
      return !OUTWARD.test(value);
    }),
  );
}
