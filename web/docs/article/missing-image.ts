import { docsMessages } from '#web/kit/messages/docs.ts';

/** Says what a picture that cannot be had would show, in its place. */
export function showMissing(image: HTMLImageElement): void {
  const place = document.createElement('span');
  place.className = 'doc-missing';
  place.setAttribute('role', 'img');
  const words = docsMessages.reader.missingImage(image.alt);
  place.setAttribute('aria-label', words);
  place.textContent = words;
  image.replaceWith(place);
}
