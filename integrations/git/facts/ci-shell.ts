/** Where a script of the shell is, as far as its text tells. */
import { joinPath } from '../reading/paths.ts';

/** Undefined where only the shell knows. */
export type Folder = string | undefined;

/** A loop that goes through more tells nothing that is worth the time. */
const MOST_FOLDERS = 50;

/** The folder of a script, or several while a loop goes through them. */
export class Shell {
  #folders: readonly Folder[];
  readonly #pushed: (readonly Folder[])[] = [];
  readonly #outside: (readonly Folder[])[] = [];
  readonly #loops = new Map<string, readonly string[]>();

  constructor(start: Folder) {
    this.#folders = [start];
  }

  /** @param depth of the brackets that a command opens, or closes where it is below zero. */
  enter(depth: number): void {
    for (let at = 0; at < depth; at += 1) this.#outside.push(this.#folders);
  }

  leave(depth: number): void {
    for (let at = depth; at < 0; at += 1) this.#folders = this.#outside.pop() ?? this.#folders;
  }

  /** `for NAME in VALUES`. What only the shell can list is not known. */
  loop(name: string, values: readonly string[]): void {
    if (values.length === 0 || values.some((value) => /[$*?`{]/.test(value))) this.#loops.delete(name);
    else this.#loops.set(name, values);
  }

  move(to: string): void {
    this.#folders = this.at(to);
  }

  push(to: string): void {
    this.#pushed.push(this.#folders);
    this.move(to);
  }

  pop(): void {
    this.#folders = this.#pushed.pop() ?? this.#folders;
  }

  /** @param to a folder from here; here when undefined. */
  at(to?: string): readonly Folder[] {
    if (to === undefined) return this.#folders;
    const found = this.#filled(to).flatMap((one) => this.#folders.map((folder) => folderFrom(folder, one)));
    return [...new Set(found)].slice(0, MOST_FOLDERS);
  }

  #filled(text: string): string[] {
    const [whole, name = ''] = /\$\{?(\w+)\}?/.exec(text) ?? [];
    const values = this.#loops.get(name);
    if (whole === undefined || values === undefined) return [text];
    return values.slice(0, MOST_FOLDERS).map((value) => text.replaceAll(whole, value));
  }
}

function folderFrom(folder: Folder, to: string): Folder {
  if (to === '' || /[$~*`]|^-/.test(to) || to.startsWith('/')) return undefined;
  return joinPath(folder ?? '', to);
}
