import type { Tone } from '#web/kit/status.tsx';
import type { DocProblem } from './queries.ts';

const broken = new Set<DocProblem['kind']>([
  'broken-link',
  'broken-anchor',
  'dead-link',
  'missing-image',
  'missing-code',
]);

/** What is broken misleads whoever reads; the rest only makes one wonder. */
export function problemTone(kind: DocProblem['kind']): Tone {
  return kind === 'todo' ? 'quiet' : broken.has(kind) ? 'bad' : 'warn';
}
