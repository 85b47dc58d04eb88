/** SVG files of documents by an allow-list: drawings, without scripts, links and what loads something. */
import sanitize from 'sanitize-html';

const tags = (
  'svg g path rect circle ellipse line polyline polygon text tspan textPath defs linearGradient radialGradient stop ' +
  'clipPath mask pattern marker symbol use image title desc switch view style filter feBlend feColorMatrix ' +
  'feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow ' +
  'feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight ' +
  'feSpecularLighting feSpotLight feTile feTurbulence'
).split(' ');
const withoutText = [
  'script',
  'foreignObject',
  'iframe',
  'handler',
  'listener',
  'animate',
  'set',
  'metadata',
];
/** Attributes for how something looks and where it is: names of letters, without `on…`. */
const attributeName = /^(?!on)[a-z][a-z-]*$/i;
const otherNames = new Set(['x1', 'x2', 'y1', 'y2', 'k1', 'k2', 'k3', 'k4']);
const namespaces: Readonly<Record<string, string>> = {
  xmlns: 'http://www.w3.org/2000/svg',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
};
const links = new Set(['href', 'xlink:href']);
const picture = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$/;
const deepest = 200;

const empty = '<svg xmlns="http://www.w3.org/2000/svg"/>';

/** The drawing of an SVG file, safe to be shown; an empty one if there is none. */
export function cleanSvg(text: string): string {
  const start = text.search(/<svg[\s>/]/);
  if (start < 0) return empty;
  const cleaned = sanitize(text.slice(start), {
    allowedTags: tags,
    allowedAttributes: false,
    allowVulnerableTags: true,
    nonTextTags: withoutText,
    nestingLimit: deepest,
    parseStyleAttributes: false,
    allowedSchemesAppliedToAttributes: [],
    selfClosing: [],
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false },
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: attributes(tagName, attribs) }) },
    exclusiveFilter: (frame) => frame.tag === 'style' && !isHarmlessStyle(frame.text),
  });
  return cleaned.startsWith('<svg') ? cleaned.trim() : empty;
}

function attributes(tag: string, from: Readonly<Record<string, string>>): Record<string, string> {
  const to: Record<string, string> = {};
  for (const [name, value] of Object.entries(from)) {
    const isFine = Object.hasOwn(namespaces, name)
      ? namespaces[name] === value
      : links.has(name)
        ? /^#[^\s]*$/.test(value) || (tag === 'image' && picture.test(value))
        : (attributeName.test(name) || otherNames.has(name)) && isHarmlessStyle(value);
    if (isFine) to[name] = value;
  }
  return to;
}

/** Loads nothing: `url(…)` leads to a part of the drawing. Escapes could hide another. */
function isHarmlessStyle(text: string): boolean {
  const loads = text.replace(/url\(\s*(["']?)#[^\s"')]*\1\s*\)/gi, '');
  return !/[<&\\]|url\s*\(|@import|expression|javascript:|image-set|src\s*\(/i.test(loads);
}
