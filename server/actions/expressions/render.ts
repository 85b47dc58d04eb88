/** Renders within the process that is kept for it. */

import { type Dialect, isPlain } from './dialect.ts';
import { evaluate, execute } from './execute.ts';
import { onlyExpression, parse } from './parse.ts';
import type {
  Answer,
  CheckTask,
  Context,
  RenderedText,
  RenderProblem,
  RenderTask,
  TextsTask,
  ValueTask,
} from './protocol.ts';
import { Budget, Frame, globals, type Rendering } from './scope.ts';

const DEEPEST = 200;
const STEP_DIALECT: Dialect = {};

export function perform(task: RenderTask): Answer {
  switch (task.kind) {
    case 'value':
      return renderValue(task);
    case 'texts':
      return { kind: 'texts', texts: renderTexts(task) };
    case 'check':
      return { kind: 'texts', texts: check(task) };
  }
}

function renderValue({ value, context, now, failed }: ValueTask): Answer {
  const problems: RenderProblem[] = [];
  const budget = new Budget();
  const rendered = walk(value, '', 0, (text, path) => {
    try {
      return renderText(text, newRendering(context, now, STEP_DIALECT, budget, failed));
    } catch (error) {
      problems.push({ path, message: reasonOf(error) });
      return text;
    }
  });
  return { kind: 'value', value: rendered, problems };
}

/** A text that renders to nothing is left out, as if it had not been given. */
function renderText(text: string, rendering: Rendering): unknown {
  const root = parse(text, STEP_DIALECT);
  const frame = new Frame(undefined, { topLevel: true });
  const expression = onlyExpression(root);
  if (!expression) return execute(root, frame, rendering) || undefined;
  return plain(evaluate(expression, frame, rendering), rendering.budget);
}

/** As JSON holds it; functions are left out. */
function plain(value: unknown, budget: Budget): unknown {
  const json = JSON.stringify(value);
  return json === undefined ? undefined : JSON.parse(budget.spend(json));
}

function walk(
  value: unknown,
  path: string,
  depth: number,
  render: (text: string, path: string) => unknown,
): unknown {
  if (typeof value === 'string') return isPlain(value) ? value : render(value, path);
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEEPEST) throw new RangeError(`it is nested more than ${DEEPEST} levels deep`);
  const entries = Object.entries(value)
    .map(([key, item]) => [key, walk(item, path ? `${path}.${key}` : key, depth + 1, render)] as const)
    .filter(([, item]) => item !== undefined);
  return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
}

function renderTexts({ texts, context, dialect, now }: TextsTask): RenderedText[] {
  const budget = new Budget();
  return texts.map((text) =>
    attempt(() => {
      const root = parse(text, dialect);
      return execute(
        root,
        new Frame(undefined, { topLevel: true }),
        newRendering(context, now, dialect, budget),
      );
    }),
  );
}

function check({ texts, dialect }: CheckTask): RenderedText[] {
  return texts.map((text) =>
    attempt(() => {
      parse(text, dialect);
      return '';
    }),
  );
}

function attempt(render: () => string): RenderedText {
  try {
    return { text: render() };
  } catch (error) {
    return { error: reasonOf(error) };
  }
}

/** The context is copied, so that no text can change it for the next. */
function newRendering(
  context: Context,
  now: string,
  { cookiecutter = false }: Dialect,
  budget: Budget,
  failed?: boolean,
): Rendering {
  const given: Context = structuredClone(context);
  const variables = new Map([...globals(cookiecutter, failed), ...Object.entries(given)]);
  return { variables, python: cookiecutter, budget, now };
}

/** Positions are counted from 1, and within the text. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { lineno, colno } = error as { lineno?: unknown; colno?: unknown };
  const place = typeof lineno === 'number' ? `line ${lineno}, column ${Number(colno)}: ` : '';
  return `${place}${error.message.replace(/^\(unknown path\)\s*/, '').trim()}`;
}
