import { type FoundProblem, type RotPage, shown } from './found.ts';

/** Places of which the author says that something is still to be written. */
export function todos({ page, outline }: RotPage): FoundProblem[] {
  return outline.todos.map(({ text, line }) => ({
    page,
    kind: 'todo' as const,
    message: `Still to be done: ${shown(text)}`,
    remedy: 'Write what is missing, and take the marker out.',
    line: line ?? null,
  }));
}
