/** The steps of a template. */
import type { Problem } from './contribution.ts';
import type { TemplateStep } from './template.ts';
import { describeValue, isRecord } from './value-words.ts';

export function readSteps(value: unknown, problems: Problem[]): TemplateStep[] {
  if (!Array.isArray(value) || value.length === 0) {
    problems.push({
      level: 'error',
      message: Array.isArray(value) ? 'spec.steps is empty' : 'spec.steps must be a list of steps',
      remedy: 'Add "steps:" with at least one "- action: …" item.',
      field: 'spec.steps',
    });
    return [];
  }
  const seen = new Set<string>();
  return value.flatMap((item: unknown, index) => {
    const field = `spec.steps.${index}`;
    const step = readStep(item, index, field, problems);
    if (!step) return [];
    if (seen.has(step.id)) {
      const id = freeId(step.id, seen);
      problems.push({
        level: 'warning',
        message: `Two steps have the id "${step.id}"; the later one is called "${id}"`,
        remedy: 'Give each step an id of its own.',
        field: `${field}.id`,
      });
      step.id = id;
    }
    seen.add(step.id);
    return [step];
  });
}

/** Backstage takes the same id twice, so templates have it. */
function freeId(id: string, taken: ReadonlySet<string>): string {
  let number = 2;
  while (taken.has(`${id}-${number}`)) number++;
  return `${id}-${number}`;
}

function readStep(
  item: unknown,
  index: number,
  field: string,
  problems: Problem[],
): TemplateStep | undefined {
  const wrong = (path: string, message: string, remedy: string) => {
    problems.push({ level: 'error', message, remedy, field: path });
  };
  if (!isRecord(item)) {
    wrong(field, `${field} must be a step, but it is ${describeValue(item)}`, 'Write "- action: …".');
    return undefined;
  }
  const { id, name, action, input, if: condition, each } = item;
  if (typeof action !== 'string' || action === '') {
    wrong(field, `${field} has no action`, 'Add "action:" with the name of a step action.');
    return undefined;
  }
  if (input !== undefined && input !== null && !isRecord(input)) {
    const message = `${field}.input must be a mapping, but it is ${describeValue(input)}`;
    wrong(`${field}.input`, message, 'Write the names and values of the input below it.');
  }
  if (!['undefined', 'string', 'boolean'].includes(typeof condition)) {
    const message = `${field}.if must be text or true or false, but it is ${describeValue(condition)}`;
    wrong(`${field}.if`, message, 'Write it as an expression, such as $' + '{{ parameters.wanted }}.');
  }
  const step: TemplateStep = {
    id: typeof id === 'string' && id ? id : `step-${index + 1}`,
    name: typeof name === 'string' && name ? name : action,
    action,
    input: isRecord(input) ? input : {},
  };
  if (typeof condition === 'string' || typeof condition === 'boolean') step.if = condition;
  if (typeof each === 'string' || Array.isArray(each) || isRecord(each)) step.each = each;
  return step;
}
