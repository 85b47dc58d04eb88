/** Pages that lie beside the code, outside the docs folder: the README, the changelog, decisions and runbooks. */
import { isDecision, isRunbook } from '#model/doc-names.ts';
import type { NavNode } from '../contract.ts';

const NAMED =
  /^(readme|changelog|changes|history|contributing|security|architecture|operations|runbook|playbook)\.(md|markdown)$/i;
const FOLDER =
  /^(adrs?|decisions?|decision[-_]?(records?|log)|architecture[-_]decisions?|(run|play)[-_]?books?)\//i;
const PAGE = /\.(md|markdown)$/i;
/** Wherever they lie: a README shows them. */
const PICTURE = /\.(png|jpe?g|gif|svg|webp|avif)$/i;
const HIDDEN = /(^|\/)(node_modules|vendor|third_party)\//;

/** @param decisions folder that an annotation names. */
export function isBeside(path: string, decisions: string | undefined): boolean {
  if (PICTURE.test(path)) return !HIDDEN.test(path);
  return NAMED.test(path) || (PAGE.test(path) && (FOLDER.test(path) || isIn(decisions, path)));
}

export type Mark = NonNullable<NavNode['mark']>;

export function markOf(path: string, decisions: string | undefined): Mark | undefined {
  if (isDecision(path) || isIn(decisions, path)) return 'decision';
  if (isRunbook(path)) return 'runbook';
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (/^(changelog|changes|history)\./i.test(name)) return 'changelog';
  return /^readme\./i.test(path) ? 'readme' : undefined;
}

function isIn(folder: string | undefined, path: string): boolean {
  return folder !== undefined && folder !== '' && path.startsWith(`${folder}/`);
}
