/** How something outside shows which step of which run made it. Each attempt of the step finds it by that. */
import { createHash } from 'node:crypto';

/** Short, and of characters that a topic or a branch may have. */
export function markOf(key: string): string {
  return `atrium-${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
}

/** For Markdown: nobody sees it. */
export function commentMark(key: string): string {
  return `<!-- atrium: ${encodeURIComponent(key)} -->`;
}

/** A text with the mark below it. */
export function marked(text: string, key: string): string {
  return `${text}\n\n${commentMark(key)}`.trimStart();
}

/** For the message of a commit. */
export function trailer(key: string): string {
  return `Atrium-Step: ${key}`;
}
