/** What expressions and step actions of a run are given. */
import type { Entity } from '#model/entity.ts';
import type { TemplateOutput, TemplateStep } from '#model/template.ts';
import { isRecord } from '#model/value-words.ts';
import { type Iteration, type Renderer, truthy } from '../expressions/index.ts';
import type { Values } from '../step-action.ts';
import type { RunOutput } from './tables.ts';

/** What is known of a run before and while it goes on. */
export interface RunFacts {
  id: string;
  values: Values;
  secrets: Readonly<Record<string, string>>;
  user: { ref: string; entity: Entity | null };
  entity: Entity | null;
  template: { ref: string; entity: Entity };
  /** By the id of their step. */
  outputs: ReadonlyMap<string, Values>;
}

/** @param item the one of `each` that it is about. */
export function expressionContext(facts: RunFacts, item?: Iteration): Record<string, unknown> {
  const steps = Object.fromEntries([...facts.outputs].map(([id, output]) => [id, { output }]));
  return {
    parameters: facts.values,
    steps,
    user: facts.user,
    ...(facts.entity ? { entity: facts.entity } : {}),
    environment: { parameters: {}, secrets: {} },
    context: { task: { id: facts.id } },
    ...(item ? { each: item } : {}),
  };
}

/** Only what a step is given may hold secrets. */
export async function renderInput(
  renderer: Renderer,
  step: TemplateStep,
  facts: RunFacts,
  { item, onProblem }: { item?: Iteration | undefined; onProblem: (message: string) => void },
): Promise<Values> {
  const context = { ...expressionContext(facts, item), secrets: facts.secrets };
  const rendered = await renderer.render(step.input, context, {
    onProblem: ({ path, message }) => onProblem(`${path} can’t be rendered: ${message}`),
  });
  return isRecord(rendered) ? rendered : {};
}

/** Whether the condition of a step lets it run. */
export async function isWanted(
  renderer: Renderer,
  { if: condition }: TemplateStep,
  facts: RunFacts,
  { item, failed }: { item?: Iteration | undefined; failed: boolean },
): Promise<boolean> {
  if (condition === undefined) return true;
  return truthy(await renderer.render(condition, expressionContext(facts, item), { failed }));
}

/** What is shown at the end; links and texts whose condition is not true are left out. */
export async function renderOutput(
  renderer: Renderer,
  output: TemplateOutput,
  facts: RunFacts,
): Promise<RunOutput> {
  const rendered = await renderer.render(output, expressionContext(facts));
  const { links, text, values } = isRecord(rendered) ? rendered : {};
  return {
    links: wanted(output.links, links).map((link) => ({
      title: textOf(link.title) ?? textOf(link.url) ?? textOf(link.entityRef) ?? '',
      url: textOf(link.url),
      entityRef: textOf(link.entityRef),
      icon: textOf(link.icon),
    })),
    text: wanted(output.text, text).map((item) => ({
      title: textOf(item.title),
      content: textOf(item.content) ?? '',
    })),
    values: isRecord(values) ? values : {},
  };
}

function wanted(written: readonly Values[], rendered: unknown): Values[] {
  const items = Array.isArray(rendered) ? rendered : [];
  return written.flatMap((item, index) => {
    const found: unknown = items[index];
    const isThere = isRecord(found) && (!('if' in item) || truthy(found.if));
    return isThere ? [found] : [];
  });
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? null : JSON.stringify(value);
}

/** Of the rounds of a step: every name of an output becomes a list. */
export function joinOutputs(outputs: readonly Values[]): Values {
  const names = new Set(outputs.flatMap((output) => Object.keys(output)));
  return Object.fromEntries(
    [...names].map((name) => [name, outputs.flatMap((output) => (name in output ? [output[name]] : []))]),
  );
}
