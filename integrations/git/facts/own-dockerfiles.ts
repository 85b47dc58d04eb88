import { baseOf, folderOf, isOurs } from '../reading/paths.ts';
import { MOST_READ } from './bounds.ts';
import type { Scope } from './collector.ts';
import { readStages, type Stage } from './dockerfile-stages.ts';
import { ownFiles } from './own-files.ts';

const NAME = /^(Dockerfile|Containerfile)([._-][\w.-]+)?$|\.(dockerfile|containerfile)$/i;
/** Those that nobody deploys, and what isn't one yet. */
const OTHER =
  /[._-](dev|devel|development|test|tests|testing|ci|debug|local|e2e|j2|tmpl|tpl|template|erb|md|dockerignore|bak|orig|example)$|^(dev|test|e2e)[._-]/i;

/** Images that only run a generator. */
const GENERATED = /(^|\/)(genproto|codegen)\//;

/** The Dockerfiles of a component, with at least one stage each. */
export function ownDockerfiles(scope: Scope): { path: string; stages: Stage[] }[] {
  return ownFiles(scope)
    .filter(
      (path) =>
        NAME.test(baseOf(path)) &&
        !OTHER.test(baseOf(path)) &&
        isOurs(folderOf(path)) &&
        !GENERATED.test(path),
    )
    .slice(0, MOST_READ)
    .flatMap((path) => {
      const stages = readStages(scope.tree.read(path) ?? '');
      return stages.length === 0 ? [] : [{ path, stages }];
    });
}
