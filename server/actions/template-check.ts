/** Tells an author all that is wrong with a template, with line and column. */
import type { Problem } from '#model/contribution.ts';
import { readDescriptors } from '#model/descriptor.ts';
import { placeOf } from '#model/document-place.ts';
import type { Entity } from '#model/entity.ts';
import type { KindRegistry } from '#model/kinds.ts';
import { readTemplate } from '#model/read-template.ts';
import type { Template } from '#model/template.ts';
import { validateEntity } from '#model/validate.ts';
import { isRecord } from '#model/value-words.ts';
import { isPlain, type Renderer } from './expressions/index.ts';
import type { StepAction } from './step-action.ts';
import { schemaFault } from './template-values.ts';

export interface TemplateCheckDeps {
  kinds: KindRegistry;
  renderer: Pick<Renderer, 'check'>;
  actions: ReadonlyMap<string, StepAction>;
}

export interface TemplateCheck {
  /** Null when there is an error. */
  template: Template | null;
  /** The document as an entity, where it is one. */
  entity: Entity | null;
  /** As far as it could be read, whatever its steps and expressions lack. */
  reading: Template | null;
  problems: Problem[];
}

/** Checks the first template in a descriptor file. */
export async function checkTemplate(text: string, deps: TemplateCheckDeps): Promise<TemplateCheck> {
  const documents = readDescriptors(text);
  const document = documents.find(({ value }) => value?.kind === 'Template') ?? documents[0];
  if (!document?.value) {
    return { template: null, entity: null, reading: null, problems: document?.problems ?? [nothingThere] };
  }
  const { entity, problems } = validateEntity(document.value, deps.kinds);
  const found = [...document.problems, ...problems];
  const place = placeOf(text, document.index);
  if (!entity) return { template: null, entity: null, reading: null, problems: found.map(place) };
  const { template, problems: ofReading } = readTemplate(entity);
  found.push(...ofReading.map(({ line: _line, ...problem }) => problem));
  if (template) {
    found.push(...faultsOfPages(template), ...faultsOfSteps(template, deps.actions));
    found.push(...(await faultsOfExpressions(entity, deps.renderer)));
  }
  const failed = found.some(({ level }) => level === 'error');
  return { template: failed ? null : template, entity, reading: template, problems: found.map(place) };
}

const nothingThere: Problem = {
  level: 'error',
  message: 'There is no document',
  remedy: 'Start with apiVersion, kind: Template and metadata.',
  line: 1,
  column: 1,
};

function faultsOfPages({ pages, entity }: Template): Problem[] {
  const isList = Array.isArray(entity.spec?.parameters);
  return pages.flatMap((page, index): Problem[] => {
    const fault = schemaFault(page);
    if (fault === null) return [];
    return [
      {
        level: 'error',
        message: `The page "${page.title}" is no valid JSON Schema: ${fault}`,
        remedy: 'Correct the keyword that the message names.',
        field: isList ? `spec.parameters.${index}` : 'spec.parameters',
      },
    ];
  });
}

function faultsOfSteps({ steps }: Template, actions: TemplateCheckDeps['actions']): Problem[] {
  return steps.flatMap((step, index): Problem[] => {
    const field = `spec.steps.${index}`;
    const action = actions.get(step.action);
    if (!action) {
      return [
        {
          level: 'error',
          message: `There is no step action ${step.action}`,
          remedy: 'Name one of the list of step actions, or have this one installed.',
          field: `${field}.action`,
        },
      ];
    }
    const required = Array.isArray(action.input.required) ? action.input.required : [];
    return required
      .filter((name) => !Object.hasOwn(step.input, String(name)))
      .map((name) => ({
        level: 'error',
        message: `Step "${step.name}" lacks the input ${name}, which ${step.action} needs`,
        remedy: `Add "${name}:" below input.`,
        field: Object.keys(step.input).length > 0 ? `${field}.input` : field,
      }));
  });
}

async function faultsOfExpressions(
  { spec }: Entity,
  renderer: TemplateCheckDeps['renderer'],
): Promise<Problem[]> {
  const texts = [...textsOf(spec?.steps, 'spec.steps'), ...textsOf(spec?.output, 'spec.output')];
  const faults = await renderer.check(texts.map(({ text }) => text));
  return texts.flatMap(({ field, text }, index): Problem[] => {
    const fault = faults[index];
    if (!fault) return [];
    return [
      {
        level: 'warning',
        message: `${field} holds an expression that can’t be read, so it stays as it is written: ${fault}`,
        remedy: /&&|\|\|/.test(text)
          ? 'Write "and" for &&, and "or" for ||.'
          : 'Correct the expression, or put it between {% raw %} and {% endraw %} if it is meant to stay.',
        field,
      },
    ];
  });
}

function* textsOf(value: unknown, field: string): Generator<{ field: string; text: string }> {
  if (typeof value === 'string') {
    if (!isPlain(value)) yield { field, text: value };
  } else if (Array.isArray(value) || isRecord(value)) {
    for (const [key, item] of Object.entries(value)) yield* textsOf(item, `${field}.${key}`);
  }
}
