import { messages } from '#web/kit/messages.ts';

/** Shows a picture as large as the window allows; Escape and a click lead back. */
export function enlarge(image: HTMLImageElement): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'doc-large';
  dialog.setAttribute('aria-label', image.alt);
  const large = new Image(image.naturalWidth, image.naturalHeight);
  large.alt = image.alt;
  large.src = image.src;
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = messages.kit.close;
  dialog.append(large, close);
  dialog.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** What is shown smaller than it is, and leads nowhere else. */
export function canGrow(image: HTMLImageElement): boolean {
  return image.naturalWidth > image.clientWidth * 1.1 && image.closest('a') === null;
}
