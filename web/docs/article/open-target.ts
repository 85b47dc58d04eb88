/** Goes to a place of an article, which may be folded away. */

/** The element that a hash names, where it is in the article. */
export function targetIn(root: Element, hash: string): HTMLElement | null {
  return hash ? root.querySelector<HTMLElement>(`#${CSS.escape(hash)}`) : null;
}

/** Opens the details and tabs around it. */
export function reveal(element: Element): void {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (at instanceof HTMLDetailsElement) at.open = true;
    if (at.matches('[role="tabpanel"][hidden]')) {
      const tab = at
        .closest('[data-tabs]')
        ?.querySelector<HTMLElement>(`[aria-controls="${CSS.escape(at.id)}"]`);
      tab?.click();
    }
  }
}

/** Brings it below the bars at the top, and the keyboard with it. */
export function goTo(element: HTMLElement): void {
  reveal(element);
  element.scrollIntoView({ block: 'start' });
  if (!element.hasAttribute('tabindex') && !element.matches('a, button, input')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}
