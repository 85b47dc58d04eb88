/**
 * The process that renders expressions: it has no environment, may read no file but its own code, can start nothing,
 * and no text can become code in it. It does one task after another, and ends with whoever started it.
 */
import type { Answer, RenderTask } from './protocol.ts';
import { perform } from './render.ts';

const answer = (message: Answer) => process.send?.(message);

process.on('disconnect', () => process.exit());
process.on('message', (task: RenderTask) => {
  try {
    answer(perform(task));
  } catch (error) {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});
answer({ kind: 'ready' });
