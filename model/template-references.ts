/** Finds expressions that name a step or a field that is not there: they would silently give nothing. */
import type { Problem } from './contribution.ts';
import type { TemplateOutput, TemplatePage, TemplateStep } from './template.ts';
import { fieldsOf } from './template-pages.ts';
import { isRecord } from './value-words.ts';

export interface Referring {
  pages: readonly TemplatePage[];
  steps: readonly TemplateStep[];
  output: TemplateOutput;
  approvals: readonly { step?: string | undefined }[];
}

const ofStep = /\bsteps(?:\.([A-Za-z_$][\w$]*)|\[\s*["']([^"']+)["']\s*\])/g;
const ofParameter = /\bparameters(?:\.([A-Za-z_$][\w$]*)|\[\s*["']([^"']+)["']\s*\])/g;
const expressions = /\$\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g;
const deepest = 50;

export function checkReferences({ pages, steps, output, approvals }: Referring, problems: Problem[]): void {
  const fields = new Set(pages.flatMap(({ schema }) => fieldsOf(schema)).map(({ name }) => name));
  const ids = steps.map(({ id }) => id);
  const check = (value: unknown, path: string, known: readonly string[]) => {
    for (const { field, text } of textsOf(value, path)) {
      for (const name of namesIn(text, ofStep)) {
        if (!known.includes(name)) problems.push(noSuchStep(name, field, ids));
      }
      for (const name of namesIn(text, ofParameter)) {
        if (!fields.has(name)) problems.push(noSuchField(name, field));
      }
    }
  };
  for (const [index, { input, if: condition, each }] of steps.entries()) {
    const path = `spec.steps.${index}`;
    // A step may be asked of in steps behind it only.
    const before = ids.slice(0, index);
    check(input, `${path}.input`, before);
    check(condition, `${path}.if`, before);
    check(each, `${path}.each`, before);
  }
  check(output.links, 'spec.output.links', ids);
  check(output.text, 'spec.output.text', ids);
  check(output.values, 'spec.output', ids);
  for (const [index, { step }] of approvals.entries()) {
    const field = `spec.atrium.approvals.${index}.step`;
    if (step !== undefined && !ids.includes(step)) {
      problems.push({ ...noSuchStep(step, field, ids), level: 'error' });
    }
  }
}

function* textsOf(value: unknown, field: string, depth = 0): Generator<{ field: string; text: string }> {
  if (typeof value === 'string') yield { field, text: value };
  else if (depth < deepest && (Array.isArray(value) || isRecord(value))) {
    for (const [key, item] of Object.entries(value)) yield* textsOf(item, `${field}.${key}`, depth + 1);
  }
}

function namesIn(text: string, pattern: RegExp): Set<string> {
  const names = (text.match(expressions) ?? []).flatMap((expression) =>
    [...expression.matchAll(pattern)].map(([, plain, quoted]) => plain ?? quoted ?? ''),
  );
  return new Set(names);
}

function noSuchStep(name: string, field: string, ids: readonly string[]): Problem {
  return {
    level: 'warning',
    message: ids.includes(name)
      ? `${field} asks for the output of step "${name}", which comes later`
      : `${field} asks for the output of step "${name}", which there is not`,
    remedy: `Name one of the steps before it: ${ids.join(', ')}.`,
    field,
  };
}

function noSuchField(name: string, field: string): Problem {
  return {
    level: 'warning',
    message: `${field} asks for "${name}", which no page of the form has`,
    remedy: 'Correct its spelling, or add the field to a page.',
    field,
  };
}
