/**
 * What Mermaid needs of a window, in a worker that has none: a document without style, script or network. Nothing in
 * it can run, and the policy of the page need not allow the style elements that Mermaid writes while it works.
 */
import { parseHTML } from 'linkedom/worker';
import { type Box, measure } from './boxes.ts';
import { textBox, type WidthOf, widthOf } from './text-box.ts';

/** Declarations of style, where code adds some or only asks whether they are ones. */
class Declarations {
  readonly #all = new Map<string, string>();
  setProperty(name: string, value: string): void {
    this.#all.set(name, value);
  }
  getPropertyValue(name: string): string {
    return this.#all.get(name) ?? '';
  }
  get length(): number {
    return this.#all.size;
  }
  get cssText(): string {
    return [...this.#all].map(([name, value]) => `${name}: ${value};`).join(' ');
  }
}

/** A rule as it was written, with what was added to it. */
class TextRule {
  readonly style = new Declarations();
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  get cssText(): string {
    return this.style.length === 0 ? this.#text : this.#text.replace(/\}\s*$/, `${this.style.cssText} }`);
  }
}

/** A style sheet as far as it is written down again as text. */
class TextSheet {
  cssRules: TextRule[] = [];
  insertRule(text: string, index = 0): number {
    this.cssRules.splice(index, 0, new TextRule(text));
    return index;
  }
  replaceSync(text: string): void {
    this.cssRules = [new TextRule(text)];
  }
}

class Option {
  readonly style = new Declarations();
}

/** Pixels that a diagram may use as it likes. */
const ROOM = { width: 1000, height: 800, availWidth: 1000, availHeight: 800 };

const identity = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 };

/** Puts it where code of pages looks for a window. @param width of a text in the font that the picture will have. */
export function pretendWindow(width: WidthOf): Document {
  const { window } = parseHTML('<!doctype html><html><head></head><body></body></html>');
  const boxed = (element: Element): Box => measure(element, (text) => textBox(text, width));
  Object.assign(window.Element.prototype, {
    getBBox(this: Element) {
      return boxed(this);
    },
    getComputedTextLength(this: Element) {
      return widthOf(this, width);
    },
    getBoundingClientRect(this: Element) {
      const box = boxed(this);
      return { ...box, left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height };
    },
    getCTM: () => identity,
    getScreenCTM: () => identity,
  });
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext: () => new OffscreenCanvas(1, 1).getContext('2d'),
  });
  const { document } = window;
  const names = [
    'Node',
    'Element',
    'HTMLElement',
    'SVGElement',
    'Event',
    'CustomEvent',
    'DOMParser',
  ] as const;
  const more = ['DocumentFragment', 'HTMLTemplateElement', 'NamedNodeMap', 'HTMLFormElement'] as const;
  const classes = Object.fromEntries([...names, ...more].map((name) => [name, Reflect.get(window, name)]));
  const declared = { getPropertyValue: () => '' };
  Object.assign(globalThis, classes, {
    document,
    window: globalThis,
    CSSStyleSheet: TextSheet,
    Option,
    getComputedStyle: () => declared,
    screen: ROOM,
  });
  return document;
}
