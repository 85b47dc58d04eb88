/** The jobs of a GitHub workflow, as far as a machine without GitHub can run them: their `run` steps. */
import { load } from 'js-yaml';
import { AtriumError } from '#model/errors.ts';
import { isRecord } from '#model/value-words.ts';

export interface WorkflowStep {
  name: string;
  run: string;
  env: Record<string, string>;
  folder: string;
}

export interface WorkflowJob {
  id: string;
  name: string;
  steps: WorkflowStep[];
  /** Steps that need GitHub: shown, and passed over. */
  passedOver: string[];
}

/** These set up what the machine has, or has not: a checkout is there, and tools are looked for on the PATH. */
const prepared = /^actions\/(checkout|setup-[\w-]+|cache)(@|$)/;

/** In the order in which their `needs` let them run. @throws {AtriumError} STEP_FAILED when it is no workflow. */
export function readWorkflow(text: string): WorkflowJob[] {
  const document = parse(text);
  const jobs = isRecord(document) && isRecord(document.jobs) ? Object.entries(document.jobs) : [];
  if (jobs.length === 0) throw new AtriumError('STEP_FAILED', 'The workflow has no jobs');
  const env = isRecord(document) ? textsOf(document.env) : {};
  const needs = new Map(jobs.map(([id, job]) => [id, namesOf(isRecord(job) ? job.needs : undefined)]));
  return ordered([...needs.keys()], needs).map((id) => {
    const job = jobs.find(([name]) => name === id)?.[1];
    return jobOf(id, isRecord(job) ? job : {}, env);
  });
}

function parse(text: string): unknown {
  try {
    return load(text);
  } catch (error) {
    throw new AtriumError(
      'STEP_FAILED',
      `The workflow is no YAML: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    );
  }
}

function jobOf(id: string, job: Record<string, unknown>, env: Record<string, string>): WorkflowJob {
  const steps: WorkflowStep[] = [];
  const passedOver: string[] = [];
  for (const [index, step] of (Array.isArray(job.steps) ? job.steps : []).entries()) {
    if (!isRecord(step)) continue;
    const name = String(step.name ?? step.uses ?? firstLine(step.run) ?? `step ${index + 1}`);
    if (typeof step.run === 'string') {
      const folder = typeof step['working-directory'] === 'string' ? step['working-directory'] : '.';
      steps.push({ name, run: step.run, env: { ...env, ...textsOf(job.env), ...textsOf(step.env) }, folder });
    } else if (!prepared.test(String(step.uses ?? ''))) passedOver.push(name);
  }
  return { id, name: String(job.name ?? id), steps, passedOver };
}

function firstLine(value: unknown): string | undefined {
  return typeof value === 'string' ? value.split('\n')[0] : undefined;
}

/** What holds an expression of GitHub means nothing here. */
function textsOf(value: unknown): Record<string, string> {
  if (!isRecord(value)) return {};
  const plain = Object.entries(value).filter(([, text]) => !String(text).includes('${{'));
  return Object.fromEntries(plain.map(([name, text]) => [name, String(text)]));
}

function namesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : [];
}

/** @throws {AtriumError} STEP_FAILED when jobs wait for each other, or for one that is not there. */
function ordered(ids: string[], needs: ReadonlyMap<string, string[]>): string[] {
  const done: string[] = [];
  let left = ids;
  while (left.length > 0) {
    const ready = left.filter((id) => (needs.get(id) ?? []).every((need) => done.includes(need)));
    if (ready.length === 0)
      throw new AtriumError('STEP_FAILED', `The jobs ${left.join(', ')} wait for what never runs`);
    done.push(...ready);
    left = left.filter((id) => !ready.includes(id));
  }
  return done;
}
