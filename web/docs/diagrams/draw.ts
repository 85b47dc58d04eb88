/** Has diagrams drawn by a worker, which is loaded when the first one is on a page. */
import { docsMessages } from '#web/kit/messages/docs.ts';
import type { Drawing, Order, Palette, Reply } from './protocol.ts';

const text = docsMessages.diagram;
const LIMIT_MS = 10_000;
/** The first one waits for the code to come. */
const FIRST_MS = 30_000;

interface Waiting {
  order: Order;
  done: (drawing: Drawing) => void;
  fail: (error: Error) => void;
}

let worker: Worker | undefined;
let warm = false;
let orders = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
/** The first of them is being drawn. */
const queue: Waiting[] = [];

function next(): void {
  clearTimeout(timer);
  const first = queue[0];
  if (!first) return;
  worker ??= start();
  worker.postMessage(first.order);
  timer = setTimeout(() => end(new Error(text.slow)), warm ? LIMIT_MS : FIRST_MS);
}

/** Gives up on the one that is being drawn; those that wait get a worker of their own. */
function end(error: Error): void {
  worker?.terminate();
  worker = undefined;
  queue.shift()?.fail(error);
  next();
}

function start(): Worker {
  const made = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  made.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    if (queue[0]?.order.id !== data.id) return;
    warm = true;
    const done = queue.shift();
    if ('drawing' in data) done?.done(data.drawing);
    else done?.fail(new Error(data.error));
    next();
  });
  made.addEventListener('error', () => end(new Error(text.unavailable)));
  return made;
}

/** @throws when it cannot be drawn, with the reason in words. */
export function drawDiagram(source: string, palette: Palette): Promise<Drawing> {
  return new Promise((done, fail) => {
    orders += 1;
    queue.push({ order: { id: orders, source, palette }, done, fail });
    if (queue.length === 1) next();
  });
}
