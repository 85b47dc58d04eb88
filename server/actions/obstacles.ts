/** What keeps a template from being started, told before anybody fills in its form. */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import picomatch from 'picomatch';
import { annotations } from '#model/entity.ts';
import type { TemplateStep } from '#model/template.ts';
import { faultsOf } from './guard-rails/refusals.ts';
import type { StepAction } from './step-action.ts';
import type { StoredTemplate } from './template-store.ts';

export interface ObstacleDeps {
  actions: ReadonlyMap<string, StepAction>;
  /** Globs of the locations whose templates may be started; every one when there is none. */
  trusted: readonly string[];
  hasTool: (name: string) => Promise<boolean>;
}

export async function obstaclesOf(
  { entity, template, problems }: Pick<StoredTemplate, 'entity' | 'template' | 'problems'>,
  deps: ObstacleDeps,
): Promise<string[]> {
  const location = entity.metadata.annotations?.[annotations.managedBy] ?? '';
  const untrusted = isTrusted(location, deps.trusted)
    ? []
    : [`Templates of ${location} are not trusted here`];
  if (!template) {
    const first = problems.find(({ level }) => level === 'error');
    return [...untrusted, first?.message ?? 'The template can’t be read'];
  }
  const tools = await missingTools(template.guardRails.tools, deps.hasTool);
  const guards = faultsOf(template.guardRails);
  return [...untrusted, ...guards, ...missingActions(template.steps, deps.actions), ...tools];
}

function missingActions(steps: readonly TemplateStep[], actions: ObstacleDeps['actions']): string[] {
  const found = steps.flatMap(({ action: id, if: condition }) => {
    const action = actions.get(id);
    if (!action) return [`There is no step action ${id}`];
    // A step with a condition may be for those who have what it needs.
    const missing = action.effect === 'outside' && condition === undefined ? action.missing?.() : null;
    return missing ? [`${id}: ${missing}`] : [];
  });
  return [...new Set(found)];
}

async function missingTools(tools: readonly string[], hasTool: ObstacleDeps['hasTool']): Promise<string[]> {
  const there = await Promise.all(tools.map(hasTool));
  return tools.filter((_, index) => !there[index]).map((tool) => `This machine lacks ${tool}`);
}

function isTrusted(location: string, trusted: readonly string[]): boolean {
  const place = location.replace(/^\w+:/, '');
  return trusted.length === 0 || trusted.some((glob) => picomatch.isMatch(place, glob, { dot: true }));
}

/** Whether a program is on the PATH. */
export async function hasTool(name: string): Promise<boolean> {
  if (!/^[\w.+-]+$/.test(name)) return false;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const found = folders.map((folder) =>
    access(join(folder, name), constants.X_OK).then(
      () => true,
      () => false,
    ),
  );
  return (await Promise.all(found)).includes(true);
}
