/** As whom the workloads of a component run, whatever its image says. */
import { type Fields, fields } from '../reading/parse.ts';
import type { Scope } from './collector.ts';
import { type Workload, type WorkloadFile, workloadFiles, workloadsIn } from './own-workloads.ts';

/**
 * Whether every workload that runs it keeps it from being root. What lies elsewhere in the repository is looked at only
 * where it has none of its own, and templates only where nothing else is declared.
 * https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
 */
export function runsUnprivileged(scope: Scope): boolean {
  const files = workloadFiles(scope);
  const own = files.filter(({ name }) => name === undefined);
  return seenTo(scope, own) ?? seenTo(scope, files) ?? false;
}

/** @returns undefined where nothing is declared. */
function seenTo({ tree }: Scope, files: readonly WorkloadFile[]): boolean | undefined {
  const workloads = files
    .filter(({ source }) => source.includes('containers:'))
    .flatMap((file) => workloadsIn(tree, file))
    // A patch of another file's workload names no image.
    .filter(({ containers }) => containers.some(({ image }) => image !== undefined));
  if (workloads.length > 0) return workloads.every(isUnprivileged);
  const templates = files.filter(({ isTemplate, source }) => isTemplate && source.includes('containers:'));
  return templates.length === 0 ? undefined : templates.some(({ source }) => MENTIONED.test(source));
}

const MENTIONED = /^[ \t-]*runAs(NonRoot:[ \t]*true\b|User:[ \t]*[1-9])/m;

/** What a container says counts more than what its pod says. */
function isUnprivileged({ pod, containers }: Workload): boolean {
  return containers.every((one) => {
    const { runAsUser, runAsNonRoot }: Fields = {
      ...fields(pod.securityContext),
      ...fields(one.securityContext),
    };
    return typeof runAsUser === 'number' ? runAsUser > 0 : runAsNonRoot === true;
  });
}
