/** Draws diagrams apart from the page: what a diagram does, it does here, where there is nothing to reach. */
import fontUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import { pretendWindow } from './fake-window.ts';
import { finished } from './finish.ts';
import type { Drawing, Order, Reply } from './protocol.ts';
import { configOf, FONT } from './theme.ts';

/** As the base64 of a data address. */
function base64(bytes: Uint8Array): string {
  const size = 0x8000;
  let text = '';
  for (let at = 0; at < bytes.length; at += size)
    text += String.fromCharCode(...bytes.subarray(at, at + size));
  return btoa(text);
}

/** The font of the page, to measure by and to put into each picture, for a picture can load none. */
async function loadFont(): Promise<string> {
  const bytes = await (await fetch(fontUrl)).arrayBuffer();
  const face = new FontFace(FONT, bytes, { weight: '100 900' });
  await face.load();
  (self as unknown as { fonts: FontFaceSet }).fonts.add(face);
  const source = `data:font/woff2;base64,${base64(new Uint8Array(bytes))}`;
  return `@font-face{font-family:"${FONT}";font-weight:100 900;src:url(${source}) format("woff2")}`;
}

const pen = new OffscreenCanvas(1, 1).getContext('2d');

function widthOf(text: string, size: number, weight: string): number {
  if (!pen) return text.length * size * 0.56;
  pen.font = `${weight} ${size}px "${FONT}", sans-serif`;
  return pen.measureText(text).width;
}

async function prepare() {
  const fontFace = await loadFont().catch(() => '');
  pretendWindow(widthOf);
  const { default: mermaid } = await import('mermaid');
  return { mermaid, fontFace };
}

const prepared = prepare();

async function draw({ source, palette }: Order): Promise<Drawing> {
  const { mermaid, fontFace } = await prepared;
  mermaid.initialize(configOf(palette));
  const { svg, diagramType } = await mermaid.render('diagram', source);
  return finished(svg, diagramType, fontFace);
}

/** One after the other, for they share a document. */
let last: Promise<unknown> = Promise.resolve();

self.addEventListener('message', ({ data }: MessageEvent<Order>) => {
  last = last.then(async () => {
    const reply: Reply = await draw(data).then(
      (drawing) => ({ id: data.id, drawing }),
      (error: unknown) => ({ id: data.id, error: error instanceof Error ? error.message : String(error) }),
    );
    self.postMessage(reply);
  });
});
