import { useComputedColorScheme } from '@mantine/core';
import { type RefObject, useEffect } from 'react';
import { docsMessages } from '#web/kit/messages/docs.ts';
import { tool } from '../article/tool.ts';
import { drawDiagram } from './draw.ts';
import { currentPalette } from './palette.ts';

const text = docsMessages.diagram;
const SMALLEST = 0.8;

function show(figure: HTMLElement, drawing: Awaited<ReturnType<typeof drawDiagram>>): void {
  const image = new Image(drawing.width, drawing.height);
  image.alt = text.alt(drawing.description);
  // Smaller than so it cannot be read; then it scrolls.
  image.style.minWidth = `${Math.round(drawing.width * SMALLEST)}px`;
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.svg)}`;
  const enlarge = tool('button', 'doc-enlarge');
  enlarge.type = 'button';
  enlarge.textContent = text.enlarge;
  figure.querySelector('.doc-diagram-frame')?.replaceChildren(image, enlarge);
}

function showFailure(figure: HTMLElement, error: Error): void {
  const [title, reason] = [document.createElement('b'), document.createElement('pre')];
  title.textContent = text.failed;
  reason.textContent = error.message;
  figure.querySelector('.doc-diagram-frame')?.replaceChildren(title, reason);
  const details = figure.querySelector('details');
  if (details) details.open = true;
}

async function draw(figure: HTMLElement, scheme: string): Promise<void> {
  if (figure.dataset.scheme === scheme) return;
  figure.dataset.scheme = scheme;
  const source = figure.querySelector('pre.mermaid')?.textContent ?? '';
  try {
    const drawing = await drawDiagram(source, currentPalette());
    if (figure.dataset.scheme !== scheme) return;
    show(figure, drawing);
    figure.dataset.state = 'drawn';
  } catch (error) {
    showFailure(figure, error instanceof Error ? error : new Error(String(error)));
    figure.dataset.state = 'failed';
  }
}

/**
 * Draws the diagrams of an article, and draws them again in the colours of another scheme.
 * @param shown counts up with each change of the content.
 */
export function useDiagrams(root: RefObject<HTMLElement | null>, shown: number): void {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  useEffect(() => {
    if (shown === 0) return;
    for (const figure of root.current?.querySelectorAll<HTMLElement>('.doc-diagram') ?? []) {
      void draw(figure, scheme);
    }
  }, [root, shown, scheme]);
}
