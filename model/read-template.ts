/** Reads templates; what is wrong with one is told with field and line. */
import type { Problem } from './contribution.ts';
import { withLines } from './descriptor.ts';
import type { Entity } from './entity.ts';
import { readGuardRails } from './guard-rails.ts';
import { refOf } from './ref.ts';
import { TEMPLATE_API_VERSION, type Template, type TemplateOutput } from './template.ts';
import { readPages } from './template-pages.ts';
import { checkReferences } from './template-references.ts';
import { readSteps } from './template-steps.ts';
import { describeValue, isRecord } from './value-words.ts';

export interface TemplateReading {
  /** Null when it can't be started. */
  template: Template | null;
  /** Fields are dotted paths with positions in lists: `spec.steps.2.input.url`. */
  problems: Problem[];
}

/**
 * Reads a template. Never throws.
 * @param lines 1-based line by dotted path, as the descriptor was read with.
 */
export function readTemplate(entity: Entity, lines: Record<string, number> = {}): TemplateReading {
  const problems: Problem[] = [];
  const { spec } = entity;
  if (entity.kind !== 'Template' || entity.apiVersion !== TEMPLATE_API_VERSION) {
    problems.push(unsupported(entity));
    return { template: null, problems: withLines(problems, { line: 1, lines }) };
  }
  const { pages, secretFields } = readPages(spec?.parameters, problems);
  const steps = readSteps(spec?.steps, problems);
  const output = readOutput(spec?.output, problems);
  const { guardRails, problems: ofGuardRails } = readGuardRails(spec?.atrium);
  problems.push(...ofGuardRails);
  checkReferences({ pages, steps, output, approvals: guardRails.approvals }, problems);
  const template: Template = {
    ref: refOf(entity),
    entity,
    title: entity.metadata.title ?? entity.metadata.name,
    description: entity.metadata.description ?? null,
    type: textOr(spec?.type, 'other'),
    tags: entity.metadata.tags ?? [],
    owner: typeof spec?.owner === 'string' && spec.owner ? spec.owner : null,
    savesMinutes: minutesOf(entity.metadata.annotations?.['backstage.io/time-saved'], problems),
    pages,
    secretFields,
    secretsSchema: secretsSchemaOf(spec?.secrets),
    presentation: presentationOf(spec?.presentation),
    steps,
    output,
    guardRails,
  };
  const failed = problems.some(({ level }) => level === 'error');
  return { template: failed ? null : template, problems: withLines(problems, { line: 1, lines }) };
}

function unsupported({ apiVersion, kind }: Entity): Problem {
  return {
    level: 'error',
    message: `${kind} of ${apiVersion} is not supported as a template`,
    remedy: `Write kind: Template and apiVersion: ${TEMPLATE_API_VERSION}.`,
    field: kind === 'Template' ? 'apiVersion' : 'kind',
  };
}

function readOutput(value: unknown, problems: Problem[]): TemplateOutput {
  if (value === undefined || value === null) return { links: [], text: [], values: {} };
  if (!isRecord(value)) {
    problems.push({
      level: 'error',
      message: `spec.output must be a mapping, but it is ${describeValue(value)}`,
      remedy: 'Write links:, text: or names of your own below it.',
      field: 'spec.output',
    });
    return { links: [], text: [], values: {} };
  }
  const { links, text, ...values } = value;
  return { links: listOf(links, 'links', problems), text: listOf(text, 'text', problems), values };
}

function listOf(value: unknown, key: string, problems: Problem[]): Record<string, unknown>[] {
  if (value === undefined || value === null) return [];
  const items = Array.isArray(value) ? value : [value];
  const records = items.filter(isRecord);
  if (!Array.isArray(value) || records.length < items.length) {
    problems.push({
      level: 'warning',
      message: `spec.output.${key} must be a list of mappings`,
      remedy: `Write each of them as "- title: …" below ${key}.`,
      field: `spec.output.${key}`,
    });
  }
  return records;
}

function secretsSchemaOf(value: unknown): Record<string, unknown> | null {
  return isRecord(value) && isRecord(value.schema) ? value.schema : null;
}

function presentationOf(value: unknown): Template['presentation'] {
  const labels = isRecord(value) && isRecord(value.buttonLabels) ? value.buttonLabels : {};
  return {
    back: textOr(labels.backButtonText, 'Back'),
    create: textOr(labels.createButtonText, 'Start'),
    review: textOr(labels.reviewButtonText, 'Review'),
  };
}

/** Reads an ISO 8601 duration such as PT4H or P1DT30M, a day of work being eight hours. */
function minutesOf(value: string | undefined, problems: Problem[]): number | null {
  if (value === undefined) return null;
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(value);
  const [days, hours, minutes] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
  const total = (days ?? 0) * 8 * 60 + (hours ?? 0) * 60 + (minutes ?? 0);
  if (total > 0) return total;
  problems.push({
    level: 'warning',
    message: `backstage.io/time-saved is no duration: "${value}"`,
    remedy: 'Write it as in PT4H for four hours or PT30M for half an hour.',
    field: 'metadata.annotations.backstage.io/time-saved',
  });
  return null;
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value ? value : otherwise;
}
