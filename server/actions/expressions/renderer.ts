import { AtriumError } from '#model/errors.ts';
import { type Dialect, isPlain } from './dialect.ts';
import type { Context, RenderedText, RenderProblem } from './protocol.ts';
import { Sandbox } from './sandbox.ts';

export interface RenderOptions {
  /** Told of each text that could not be rendered; it stays as it was written. */
  onProblem?: (problem: RenderProblem) => void;
  /** Whether a step before failed. Makes `always()` and `failure()` known, so it belongs to an `if` only. */
  failed?: boolean;
}

/** Renders what templates hold. Nothing in them can reach the process, the file system or the network. */
export interface Renderer {
  /**
   * Renders every text in a value. A text that is nothing but one expression becomes what the expression gives, of
   * whatever type; a property or item that gives nothing is left out.
   * @throws {AtriumError} EXPRESSION_REFUSED when it takes too much time or memory, EXPRESSIONS_UNAVAILABLE when there
   * is no process to render it.
   */
  render(value: unknown, context: Context, options?: RenderOptions): Promise<unknown>;
  /** Renders whole texts, such as files and their names. @throws {AtriumError} as `render` does. */
  renderTexts(texts: readonly string[], context: Context, dialect?: Dialect): Promise<RenderedText[]>;
  /** What can't be read in each text; null where nothing is wrong. */
  check(texts: readonly string[], dialect?: Dialect): Promise<(string | null)[]>;
  /** Ends the process that renders; the next call starts it again. */
  close(): void;
}

export interface RendererOptions {
  now?: () => Date;
  /** Milliseconds for one call. */
  timeLimit?: number;
  /** Megabytes of the process that renders. */
  memoryLimit?: number;
}

export function createRenderer({
  now = () => new Date(),
  timeLimit = 10_000,
  memoryLimit = 192,
}: RendererOptions = {}): Renderer {
  const sandbox = new Sandbox({ time: timeLimit, memory: memoryLimit });
  const textsOf = async (task: Parameters<Sandbox['perform']>[0]): Promise<RenderedText[]> => {
    const answer = await sandbox.perform(task);
    return answer.kind === 'texts' ? answer.texts : unexpected();
  };
  return {
    async render(value, context, { onProblem, failed } = {}) {
      if (!holdsExpression(value)) return value;
      const task = { kind: 'value' as const, value, context, now: now().toISOString() };
      const answer = await sandbox.perform(failed === undefined ? task : { ...task, failed });
      if (answer.kind !== 'value') return unexpected();
      for (const problem of answer.problems) onProblem?.(problem);
      return answer.value;
    },
    async renderTexts(texts, context, dialect = {}) {
      const rendered = texts.filter((text) => !isPlain(text, dialect));
      if (rendered.length === 0) return texts.map((text) => ({ text }));
      const task = { kind: 'texts' as const, texts: rendered, context, dialect, now: now().toISOString() };
      const results = (await textsOf(task)).values();
      return texts.map((text) =>
        isPlain(text, dialect) ? { text } : (results.next().value ?? unexpected()),
      );
    },
    async check(texts, dialect = {}) {
      const found = await textsOf({ kind: 'check', texts: [...texts], dialect });
      return found.map((text) => ('error' in text ? text.error : null));
    },
    close: () => sandbox.close(),
  };
}

function unexpected(): never {
  throw new AtriumError('INTERNAL', 'The process for expressions answered with something else');
}

/** Most values hold no expression at all; those need not be sent anywhere. */
function holdsExpression(value: unknown): boolean {
  if (typeof value === 'string') return !isPlain(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(holdsExpression);
}
