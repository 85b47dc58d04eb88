/**
 * Judges templates that others wrote, and writes the table: `node tools/real-templates.ts`. They lie outside this
 * repository; their skeletons are not among them, so stand-ins are rendered in their place.
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDescriptors } from '#model/descriptor.ts';
import { createKindRegistry } from '#model/kind-registry.ts';
import type { Template } from '#model/template.ts';
import {
  createRenderer,
  LocalTarget,
  noGuards,
  ownActions,
  platformActions,
  type StepAction,
  workspaceActions,
} from '#server/actions/index.ts';
import { planRun } from '#server/actions/runs/plan-run.ts';
import { checkTemplate } from '#server/actions/template-check.ts';
import { schemaFault, validateValues } from '#server/actions/template-values.ts';
import { actionsConfigSchema } from '#server/kernel/actions-config.ts';
import { createLog } from '#server/kernel/log.ts';
import { sampleValues } from './sample-values.ts';

export const templatesFolder = join(import.meta.dirname, '../../shared/data/real-templates');
export const documentFile = join(import.meta.dirname, '../docs/decisions/real-templates.md');

export interface Judgement {
  file: string;
  /** `yes`, or why not. */
  parses: string;
  validates: string;
  form: string;
  run: string;
}

const MISSING = 'There is no step action ';
const renderer = createRenderer({ now: () => new Date('2026-03-01T12:00:00Z') });

/** Judges every file of a folder, by name. */
export async function judgeTemplates(folder: string): Promise<Judgement[]> {
  const workDir = mkdtempSync(join(tmpdir(), 'atrium-templates-'));
  try {
    const judgements: Judgement[] = [];
    for (const file of readdirSync(folder).sort()) {
      judgements.push(await judge(file, readFileSync(join(folder, file), 'utf8'), workDir));
    }
    return judgements;
  } finally {
    renderer.close();
    rmSync(workDir, { recursive: true, force: true });
  }
}

async function judge(file: string, text: string, workDir: string): Promise<Judgement> {
  const actions = new Map(actionsIn(workDir).map((action) => [action.id, action]));
  const check = await checkTemplate(text, { kinds: createKindRegistry(), renderer, actions });
  const errors = check.problems.filter(({ level }) => level === 'error').map(({ message }) => message);
  const reason = errors[0] ?? check.problems[0]?.message ?? 'no';
  if (!check.entity) {
    const parses = readDescriptors(text).some(({ value }) => value?.kind === 'Template');
    return { file, parses: parses ? 'yes' : reason, validates: parses ? reason : '–', form: '–', run: '–' };
  }
  const missing = errors
    .filter((message) => message.startsWith(MISSING))
    .map((message) => message.slice(MISSING.length));
  const [fault] = errors.filter((message) => !message.startsWith(MISSING));
  const warnings = check.problems.filter(({ level }) => level === 'warning').length;
  const validates =
    fault ?? (warnings === 0 ? 'yes' : `yes, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`);
  const reading = { file, parses: 'yes', validates };
  if (!check.reading) return { ...reading, form: '–', run: '–' };
  const form = formOf(check.reading);
  const run = await runOf(check.reading, actions, [...new Set(missing)], workDir);
  return { ...reading, form, run };
}

function formOf(template: Template): string {
  const fault = template.pages.map(schemaFault).find((each) => each !== null);
  if (fault) return fault;
  const { problems } = validateValues(template, sampleValues(template));
  const pages = `${template.pages.length} ${template.pages.length === 1 ? 'page' : 'pages'}`;
  return problems.length === 0
    ? pages
    : `${pages}; not filled in: ${problems.map(({ message }) => message).join('; ')}`;
}

/** The dry run: steps whose action is missing are passed over, and those that need what they would have given. */
async function runOf(
  template: Template,
  actions: ReadonlyMap<string, StepAction>,
  missing: readonly string[],
  workDir: string,
): Promise<string> {
  const { values, secrets } = validateValues(template, sampleValues(template));
  const known = template.steps.filter(({ action }) => actions.has(action));
  const gone = new Set(template.steps.filter(({ action }) => !actions.has(action)).map(({ id }) => id));
  const steps = known.filter(({ id, ...step }) => {
    const needs = [...gone].some((each) => asksOf(step, each));
    if (needs) gone.add(id);
    return !needs;
  });
  const starter = { id: 'user:default/ada', ref: 'user:default/ada', name: 'Ada', groups: [] };
  const checked = {
    template: { ...template, steps },
    values,
    secrets,
    starter,
    user: null,
    entity: null,
    entityBody: null,
  };
  const plan = await planRun({ renderer, actions, guards: noGuards, workDir }, checked, [], {
    stop: AbortSignal.timeout(60_000),
  });
  const failed = plan.steps.find(({ error }) => error !== null);
  // What is not there would have come out of the skeleton.
  const absent = / is not there$/.test(failed?.error ?? '')
    ? [failed?.error?.replace(/ is not there$/, '')]
    : [];
  if (failed && absent.length === 0) return `fails at ${failed.id}: ${failed.error}`;
  const passed = plan.steps.filter(
    ({ id, error }) => error === null && !behind(plan.steps, failed, id),
  ).length;
  const lacks = [...missing, ...absent.map((path) => `its own file ${path}`)];
  return lacks.length === 0
    ? 'passes'
    : `${passed} of ${template.steps.length} steps pass; lacks ${lacks.join(', ')}`;
}

/** Whether a step stands behind the one that failed, and so was not planned. */
function behind(steps: readonly { id: string }[], failed: { id: string } | undefined, id: string): boolean {
  const place = (wanted: string) => steps.findIndex((step) => step.id === wanted);
  return failed !== undefined && place(id) > place(failed.id);
}

function asksOf(step: object, id: string): boolean {
  const text = JSON.stringify(step);
  return [`steps.${id}.`, `steps['${id}']`, `steps[\\"${id}\\"]`].some((form) => text.includes(form));
}

/** All step actions. A skeleton is one file that shows what it is given; what is outside is only planned. */
function actionsIn(workDir: string): StepAction[] {
  const config = planned;
  const inside = workspaceActions({
    renderer,
    fetchTree: async () => {
      const root = mkdtempSync(join(workDir, 'skeleton-'));
      writeFileSync(join(root, 'values.json'), '$' + '{{ values | dump }}\n');
      return { root, path: root, release: async () => rmSync(root, { recursive: true, force: true }) };
    },
    readEntities: async (refs) =>
      refs.map((ref) => {
        const [kind = '', name = ''] = ref.split(/:default\/|:/);
        return { apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name, annotations: {} }, spec: {} };
      }),
  });
  const repositories = {
    addressOf: (written: string) => written,
    push: never,
    make: never,
    takeBack: never,
    checkOut: never,
  };
  const local = new LocalTarget({ folder: workDir, refused: null, log: createLog('silent') });
  const registry = { register: never, unregister: never, refresh: never };
  return [
    ...inside,
    ...ownActions({ config, fetch: never, repositories, registry, local, workDir }),
    ...platformActions({ config, fetch: never, push: never }),
  ];
}

/** A plan asks nobody. */
async function never(): Promise<never> {
  throw new Error('A plan did something outside');
}

/** Hosts that templates name, so that their steps can be planned. */
const planned = actionsConfigSchema.parse({
  hosts: [
    { kind: 'github', host: 'github.com', token: { file: import.meta.filename } },
    { kind: 'gitlab', host: 'gitlab.com', token: { file: import.meta.filename } },
  ],
});

const cell = (text: string) => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 240);

export function tableOf(judgements: readonly Judgement[]): string {
  const rows = judgements.map(
    ({ file, parses, validates, form, run }) =>
      `| ${file.replace(/\.yaml$/, '')} | ${[parses, validates, form, run].map(cell).join(' | ')} |`,
  );
  return [
    '| template | parses | validates | form | dry run |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** The document with its table and its counts made anew. */
export function documentOf(document: string, judgements: readonly Judgement[]): string {
  const count = (is: (each: Judgement) => boolean) => judgements.filter(is).length;
  const counts = [
    `Of ${judgements.length} files, ${count(({ parses }) => parses === 'yes')} parse,`,
    `${count(({ validates }) => validates.startsWith('yes'))} validate,`,
    `${count(({ form }) => /^\d+ pages?$/.test(form))} have a form that can be filled in,`,
    `${count(({ run }) => run === 'passes')} pass the dry run as a whole,`,
    `and ${count(({ run }) => run.includes('; lacks '))} as far as there are step actions for them.`,
  ].join(' ');
  const parts: Record<string, string> = { counts, table: tableOf(judgements) };
  return document.replace(
    /(<!-- (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_all, start: string, name: string, end: string) => `${start}${parts[name]}\n${end}`,
  );
}

if (import.meta.main && existsSync(templatesFolder)) {
  const judgements = await judgeTemplates(templatesFolder);
  writeFileSync(documentFile, documentOf(readFileSync(documentFile, 'utf8'), judgements));
}
