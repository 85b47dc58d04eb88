/** Makes blocks of a page ready to be read: what can be pressed, what scrolls, what leads out of the portal. */
import { docsMessages } from '#web/kit/messages/docs.ts';
import { prepareTabs } from './tabs.ts';
import { tool } from './tool.ts';

const text = docsMessages.reader;

/** All that match, the block itself among them. */
function all<T extends Element = HTMLElement>(block: Element, selector: string): T[] {
  return [...(block.matches(selector) ? [block as T] : []), ...block.querySelectorAll<T>(selector)];
}

function addPermalink(heading: HTMLElement): void {
  if (heading.querySelector('[data-tool]')) return;
  const link = tool('a', 'doc-permalink');
  link.href = `#${encodeURIComponent(heading.id)}`;
  link.setAttribute('aria-label', text.permalink(heading.textContent ?? ''));
  link.textContent = '#';
  heading.append(link);
}

/** Puts the block into a frame of its own, in which it scrolls and which holds its buttons. */
function framed(element: HTMLElement, className: string, name: 'div' | 'figure' = 'div'): HTMLElement {
  const frame = document.createElement(name);
  frame.className = className;
  element.replaceWith(frame);
  frame.append(element);
  return frame;
}

function addCopy(pre: HTMLElement): void {
  const frame = pre.closest<HTMLElement>('.code') ?? framed(pre, 'code');
  if (frame.querySelector('.doc-copy')) return;
  const button = tool('button', 'doc-copy');
  button.type = 'button';
  button.setAttribute('aria-label', text.copyCode);
  button.title = text.copyCode;
  frame.append(button);
}

/** A place for the picture, and the source beneath it. */
function makeFigure(pre: HTMLElement): void {
  const figure = framed(pre, 'doc-diagram', 'figure');
  figure.dataset.state = 'drawing';
  const [frame, wait] = [tool('div', 'doc-diagram-frame'), document.createElement('p')];
  wait.setAttribute('role', 'status');
  wait.textContent = docsMessages.diagram.drawing;
  frame.append(wait);
  const [details, summary] = [document.createElement('details'), document.createElement('summary')];
  summary.textContent = docsMessages.diagram.source;
  details.append(summary, pre);
  figure.append(frame, details);
}

function leadOut(link: HTMLAnchorElement): void {
  const url = URL.parse(link.getAttribute('href') ?? '', location.href);
  if (!url) return;
  const file = url.origin === location.origin && url.pathname.startsWith('/api/');
  if (url.protocol === 'mailto:' || (url.origin === location.origin && !file)) return;
  link.target = '_blank';
  link.rel = 'noreferrer';
}

/** Written out where a page is printed. */
function noteAddress(link: HTMLAnchorElement): void {
  const href = link.getAttribute('href') ?? '';
  const url = href.startsWith('#') ? undefined : URL.parse(href, location.href);
  if (url) link.dataset.address = url.protocol === 'mailto:' ? url.pathname : url.href;
}

/** @returns the block, or the frame that now holds it. */
export function prepareBlock(block: Element): Element {
  const holder = document.createElement('div');
  holder.append(block);
  for (const heading of all(holder, 'h2[id], h3[id], h4[id], h5[id], h6[id]')) addPermalink(heading);
  for (const pre of all(holder, 'pre:not(.mermaid)')) addCopy(pre);
  for (const pre of all(holder, 'pre.mermaid')) makeFigure(pre);
  for (const table of all(holder, 'table')) framed(table, 'doc-table');
  for (const formula of all(holder, 'math[display="block"]')) framed(formula, 'doc-formula');
  for (const link of all<HTMLAnchorElement>(holder, 'a[href]')) {
    leadOut(link);
    noteAddress(link);
  }
  for (const image of all<HTMLImageElement>(holder, 'img')) {
    image.loading = 'lazy';
    image.decoding = 'async';
    if (!image.hasAttribute('alt')) image.alt = '';
  }
  for (const box of all<HTMLInputElement>(holder, 'input[type="checkbox"]:not([aria-label])')) {
    box.setAttribute('aria-label', box.closest('li')?.textContent?.trim().slice(0, 200) || text.task);
  }
  prepareTabs(holder);
  return holder.children.length === 1 && holder.firstElementChild ? holder.firstElementChild : holder;
}

function nameOf(element: Element): string {
  if (element.matches('pre')) return text.code;
  if (element.matches('.doc-formula')) return text.formula;
  return element.matches('.doc-table') ? text.table : docsMessages.diagram.label;
}

/** What scrolls sideways must be reachable by keyboard; what does not is no stop on the way. */
export function markScrollable(root: Element): void {
  for (const element of root.querySelectorAll<HTMLElement>(
    '.doc-table, .doc-formula, pre, .doc-diagram-frame',
  )) {
    if (element.scrollWidth > element.clientWidth) {
      element.tabIndex = 0;
      element.setAttribute('role', 'group');
      element.setAttribute('aria-label', nameOf(element));
    } else if (element.tabIndex === 0) {
      element.removeAttribute('tabindex');
      element.removeAttribute('role');
      element.removeAttribute('aria-label');
    }
  }
}
