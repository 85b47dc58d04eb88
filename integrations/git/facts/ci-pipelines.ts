/** The pipelines that build and test a component, and their commands. */
import type { Tree } from '../detector.ts';
import { dig, type Fields, isFields, list, parsed, parseYaml, text } from '../reading/parse.ts';
import { folderOf, isWithin, joinPath } from '../reading/paths.ts';
import { MOST_READ } from './bounds.ts';
import type { Command } from './ci-runs.ts';
import { asCommand, usualCommand } from './ci-steps.ts';
import type { Scope } from './collector.ts';
import { ownFiles } from './own-files.ts';

export interface Pipeline {
  system: string;
  path: string;
  commands: Command[];
  /** Pipelines of other repositories, and templates, that it calls. */
  calls: string[];
}

const SYSTEMS: readonly (readonly [system: string, path: RegExp])[] = [
  ['github-actions', /^\.github\/workflows\/[^/]+\.ya?ml$/],
  ['gitlab-ci', /(^|\/)\.gitlab-ci\.ya?ml$|^\.gitlab(-ci)?\/.+\.ya?ml$/],
  ['jenkins', /(^|\/)Jenkinsfile([._-][\w-]+)?$|\.jenkinsfile$/],
  ['circleci', /^\.circleci\/[^/]+\.ya?ml$/],
  ['azure-pipelines', /(^|\/)\.?azure-pipelines?[\w.-]*\.ya?ml$|^\.azure-pipelines\/.+\.ya?ml$/],
  ['buildkite', /^\.buildkite\/[^/]+\.ya?ml$/],
  ['travis-ci', /^\.travis\.ya?ml$/],
  ['bitbucket-pipelines', /^bitbucket-pipelines\.ya?ml$/],
  ['drone', /^\.drone\.ya?ml$/],
  ['woodpecker', /^\.woodpecker(\/[^/]+)?\.ya?ml$/],
  ['google-cloud-build', /(^|\/)cloudbuild[\w.-]*\.ya?ml$|^\.github\/cloudbuild\/[^/]+\.ya?ml$/],
];
const CANDIDATE = /\.ya?ml$|jenkinsfile/i;
/** Folders that systems read their settings from: these speak of what lies around them. */
const SETTINGS = /(^|\/)\.(github|gitlab|gitlab-ci|circleci|buildkite|azure-pipelines|woodpecker)(\/.*)?$/;

interface PipelineFile {
  system: string;
  path: string;
}

/** Of the folder of the component, of those around it, and within it. */
export function pipelineFiles(scope: Scope): PipelineFile[] {
  const { tree, folder } = scope;
  const own = new Set(ownFiles(scope));
  return tree.files
    .filter((path) => CANDIDATE.test(path))
    .flatMap((path) => {
      const system = SYSTEMS.find(([, pattern]) => pattern.test(path))?.[0];
      const home = folderOf(path).replace(SETTINGS, '');
      return system !== undefined && (isWithin(home, folder) || own.has(path)) ? [{ system, path }] : [];
    })
    .slice(0, MOST_READ);
}

/** Those that run something on changes of the component. */
export function pipelinesOf(scope: Scope): Pipeline[] {
  return pipelineFiles(scope)
    .flatMap(({ system, path }) => readPipeline(scope.tree, system, path, scope.folder))
    .filter(({ commands, calls }) => commands.length > 0 || calls.length > 0);
}

const known = new WeakMap<Tree, Map<string, Pipeline>>();

/** Many components share the pipelines of a repository. */
function readPipeline(tree: Tree, system: string, path: string, folder: string): Pipeline[] {
  const whole = system === 'jenkins' ? [] : (parsed(tree, path, parseYaml) ?? []).filter(isFields);
  if (system === 'github-actions' && !whole.some((doc) => isFields(doc.jobs) && isTriggered(doc, folder)))
    return [];
  const pipelines = known.get(tree) ?? new Map<string, Pipeline>();
  known.set(tree, pipelines);
  const pipeline = pipelines.get(path) ?? { system, path, ...commandsOf(tree, system, path, whole) };
  pipelines.set(path, pipeline);
  return [pipeline];
}

function commandsOf(
  tree: Tree,
  system: string,
  path: string,
  whole: readonly Fields[],
): Pick<Pipeline, 'commands' | 'calls'> {
  if (system === 'jenkins') {
    const source = tree.read(path) ?? '';
    return { commands: shellSteps(source), calls: /[({]/.test(source) ? ['library'] : [] };
  }
  const walk: Walk = { tree, seen: new Set(), commands: [], calls: [] };
  for (const doc of whole) gather(doc, undefined, walk, 0);
  if (system === 'travis-ci') walk.commands.push(...whole.flatMap((doc) => usualCommand(doc) ?? []));
  return { commands: walk.commands, calls: walk.calls };
}

const SHELL_STEP =
  /\b(?:sh|bat|pwsh|powershell)\b[ \t]{0,9}\(?[ \t]{0,9}(?:script:[ \t]{0,9})?('''|"""|'|")([\s\S]*?)\1/g;

function shellSteps(source: string): Command[] {
  const code = source.replace(/^[ \t]*\/\/.*$/gm, '');
  return [...code.matchAll(SHELL_STEP)].map((match) => ({ text: match[2] ?? '' }));
}

/** Whether changes of the folder start a workflow: those that start nothing but for other folders don't count. */
function isTriggered(workflow: Fields, folder: string): boolean {
  const on = workflow.on;
  if (!isFields(on)) return true;
  const triggers = Object.entries(on).filter(([name]) => name !== 'workflow_dispatch' && name !== 'schedule');
  return (
    triggers.length === 0 ||
    triggers.some(([, trigger]) => {
      const paths = list(dig(trigger, 'paths')).flatMap((one) => text(one) ?? []);
      const wanted = paths.filter((one) => !one.startsWith('!'));
      return wanted.length === 0 || wanted.some((one) => speaksOf(one, folder));
    })
  );
}

function speaksOf(pattern: string, folder: string): boolean {
  const plain = (pattern.split(/[*?{[]/)[0] ?? '').replace(/\/+$/, '');
  const isWhole = plain === pattern.replace(/\/+$/, '');
  const about = isWhole || pattern.startsWith(`${plain}/`) ? plain : folderOf(plain);
  return isWithin(about, folder) || isWithin(folder, about);
}

interface Walk extends Pick<Pipeline, 'commands' | 'calls'> {
  tree: Tree;
  /** Anchors make a map stand in several places. */
  seen: Set<unknown>;
}

const DEEPEST = 40;
const COMMANDS = new Set(
  'run script before_script after_script after_success install before_install command commands bash pwsh powershell sh cmd'.split(
    ' ',
  ),
);

function gather(node: unknown, folder: string | undefined, walk: Walk, depth: number): void {
  if (depth > DEEPEST) return;
  if (Array.isArray(node)) for (const one of node) gather(one, folder, walk, depth + 1);
  if (!isFields(node) || walk.seen.has(node)) return;
  walk.seen.add(node);
  const at = folderOfStep(node, folder);
  const used = asCommand(node);
  if (used !== undefined) walk.commands.push({ text: used, folder: at });
  for (const [key, value] of Object.entries(node)) {
    if (COMMANDS.has(key)) walk.commands.push(...texts(value).map((one) => ({ text: one, folder: at })));
    if (key === 'uses' || key === 'include') follow(value, walk, depth);
    gather(value, at, walk, depth + 1);
  }
}

function texts(value: unknown): string[] {
  return list(value)
    .flatMap((one) => (Array.isArray(one) ? one : [one]))
    .filter((one) => typeof one === 'string');
}

function folderOfStep(node: Fields, folder: string | undefined): string | undefined {
  const said = [
    node['working-directory'],
    node.workingDirectory,
    node.working_directory,
    node.dir,
    dig(node, 'defaults', 'run', 'working-directory'),
    dig(node, 'with', 'working-directory'),
    dig(node, 'with', 'context'),
  ].find((one) => typeof one === 'string');
  if (typeof said !== 'string') return folder;
  return /[$~{]|^\//.test(said) ? undefined : joinPath('', said);
}

/** What lies in the same repository is read too; of what lies elsewhere only the name is known. */
function follow(value: unknown, walk: Walk, depth: number): void {
  for (const one of list(value)) {
    const name = text(one) ?? ELSEWHERE.map((key) => text(dig(one, key))).find((said) => said !== undefined);
    const here = text(dig(one, 'local')) ?? (name !== undefined && /^\.?\//.test(name) ? name : undefined);
    if (here !== undefined) {
      const path = joinPath('', here.replace(/^\/+/, ''));
      for (const file of [path, `${path}/action.yml`, `${path}/action.yaml`]) enter(file, walk, depth);
    } else if (name !== undefined && (/\.ya?ml(@|$)/.test(name) || !name.includes('@')))
      walk.calls.push(name);
  }
}

const ELSEWHERE = ['template', 'component', 'file', 'remote'];

function enter(path: string, walk: Walk, depth: number): void {
  // Workflows are read by themselves, with what starts them.
  if (/^\.github\/workflows\//.test(path) || walk.seen.has(path)) return;
  walk.seen.add(path);
  for (const doc of parsed(walk.tree, path, parseYaml) ?? []) gather(doc, undefined, walk, depth + 1);
}
