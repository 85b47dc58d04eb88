import { useRouter } from '@tanstack/react-router';
import { type RefObject, useEffect } from 'react';
import { messages } from '#web/kit/messages.ts';
import { targetOf } from '../search/answer-target.ts';
import { canGrow, enlarge } from './enlarge.ts';
import { showMissing } from './missing-image.ts';
import { goTo, targetIn } from './open-target.ts';
import { chooseTab, moveTab } from './tabs.ts';

const COPIED_MS = 1600;

/** The path of the portal that a link of the page leads to; undefined for what the browser is to open. */
function pathOf(link: HTMLAnchorElement): string | undefined {
  const url = URL.parse(link.href, location.href);
  if (!url || link.target || url.origin !== location.origin || url.pathname.startsWith('/api/'))
    return undefined;
  return url.pathname + url.search + url.hash;
}

const isPlain = (event: MouseEvent) =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** The picture that is to be enlarged: by its button, or because it is shown small. */
function pictureOf(pressed: Element): HTMLImageElement | undefined {
  if (pressed.matches('.doc-enlarge')) return pressed.parentElement?.querySelector('img') ?? undefined;
  return pressed instanceof HTMLImageElement && canGrow(pressed) ? pressed : undefined;
}

async function copy(button: HTMLElement): Promise<void> {
  const code = button.parentElement?.querySelector('pre code, pre');
  await navigator.clipboard.writeText(code?.textContent?.replace(/\n$/, '') ?? '');
  button.dataset.copied = messages.kit.copied;
  setTimeout(() => delete button.dataset.copied, COPIED_MS);
}

/** Links without a page load, copying of code and of addresses, tabs: for all of the article at once. */
export function useArticleEvents(root: RefObject<HTMLElement | null>): void {
  const router = useRouter();
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const onClick = (event: MouseEvent) => {
      const pressed = event.target as Element;
      const button = pressed.closest<HTMLElement>('.doc-copy');
      const tab = pressed.closest<HTMLElement>('[role="tab"]');
      const link = pressed.closest<HTMLAnchorElement>('a[href]');
      const picture = pictureOf(pressed);
      if (picture) enlarge(picture);
      else if (button) void copy(button);
      else if (tab) chooseTab(element, tab);
      const path = link && isPlain(event) ? pathOf(link) : undefined;
      if (path === undefined) return;
      event.preventDefault();
      const target = targetOf(path);
      const place = target.hash && target.to === location.pathname ? targetIn(element, target.hash) : null;
      void router.navigate({ ...target, resetScroll: !target.hash } as never);
      if (place) goTo(place);
    };
    const onKey = (event: KeyboardEvent) => {
      const tab = (event.target as Element).closest<HTMLElement>('[role="tab"]');
      if (tab && moveTab(element, tab, event.key)) event.preventDefault();
    };
    const onOver = (event: Event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');
      const path = link ? pathOf(link) : undefined;
      if (path?.startsWith('/docs/')) void router.preloadRoute(targetOf(path) as never);
    };
    const onError = ({ target }: Event) => {
      if (target instanceof HTMLImageElement) showMissing(target);
    };
    element.addEventListener('error', onError, { capture: true });
    element.addEventListener('click', onClick);
    element.addEventListener('keydown', onKey);
    element.addEventListener('pointerover', onOver);
    return () => {
      element.removeEventListener('error', onError, { capture: true });
      element.removeEventListener('click', onClick);
      element.removeEventListener('keydown', onKey);
      element.removeEventListener('pointerover', onOver);
    };
  }, [root, router]);
}
