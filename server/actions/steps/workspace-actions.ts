/** The step actions that touch nothing but the workspace of a run. */
import type { StepAction } from '../step-action.ts';
import { catalogFetch } from './catalog-fetch.ts';
import { catalogWrite } from './catalog-write.ts';
import { debugLog } from './debug-log.ts';
import { debugWait } from './debug-wait.ts';
import type { WorkspaceStepDeps } from './deps.ts';
import { fetchPlain } from './fetch-plain.ts';
import { fetchPlainFile } from './fetch-plain-file.ts';
import { fetchTemplate } from './fetch-template.ts';
import { fetchTemplateFile } from './fetch-template-file.ts';
import { fsDelete } from './fs-delete.ts';
import { fsRead } from './fs-read.ts';
import { fsReaddir } from './fs-readdir.ts';
import { fsRename } from './fs-rename.ts';
import { roadieFsAppend } from './roadie-fs-append.ts';
import { roadieFsParse } from './roadie-fs-parse.ts';
import { roadieFsReplace } from './roadie-fs-replace.ts';
import { roadieFsWrite } from './roadie-fs-write.ts';
import { roadieJsonMerge, roadieMerge } from './roadie-merge.ts';
import { roadieSerializeJson, roadieSerializeYaml } from './roadie-serialize.ts';
import { roadieSleep } from './roadie-sleep.ts';
import { workspaceTemplate } from './workspace-template.ts';
import { workspaceTemplateFile } from './workspace-template-file.ts';

export function workspaceActions(deps: WorkspaceStepDeps): StepAction[] {
  return [
    fetchPlain(deps),
    fetchPlainFile(deps),
    fetchTemplate(deps),
    fetchTemplateFile(deps),
    workspaceTemplate(deps),
    workspaceTemplateFile(deps),
    fsRename,
    fsDelete,
    fsRead,
    fsReaddir,
    catalogWrite,
    catalogFetch(deps),
    debugLog,
    debugWait,
    roadieFsWrite,
    roadieFsAppend,
    roadieFsReplace,
    roadieFsParse,
    roadieSerializeJson,
    roadieSerializeYaml,
    roadieMerge,
    roadieJsonMerge,
    roadieSleep,
  ];
}
