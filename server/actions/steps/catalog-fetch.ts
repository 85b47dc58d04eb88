import { z } from 'zod';
import type { Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import { canonicalRef } from '#model/ref.ts';
import { defineStep } from '../define-step.ts';
import type { WorkspaceAction } from '../step-action.ts';
import type { WorkspaceStepDeps } from './deps.ts';

const entity = z.record(z.string(), z.unknown()).nullable();

export function catalogFetch({ readEntities }: Pick<WorkspaceStepDeps, 'readEntities'>): WorkspaceAction {
  return defineStep({
    id: 'catalog:fetch',
    description: 'Gives entities of the catalog to later steps.',
    effect: 'none',
    input: z.object({
      entityRef: z.string().optional(),
      entityRefs: z.array(z.string()).optional(),
      optional: z.boolean().default(false).describe('Whether an entity may be absent; it is null then'),
      defaultKind: z.string().optional(),
      defaultNamespace: z.string().optional(),
    }),
    output: z.object({ entity: entity.optional(), entities: z.array(entity).optional() }),
    run: async ({ entityRef, entityRefs, optional, defaultKind, defaultNamespace }) => {
      if (!entityRef && !entityRefs && !optional) {
        throw new AtriumError('STEP_FAILED', 'entityRef or entityRefs is needed');
      }
      const defaults = { kind: defaultKind, namespace: defaultNamespace };
      const read = async (refs: readonly string[]) => {
        const found = await readEntities(refs.map((ref) => canonical(ref, defaults)));
        return refs.map((ref, index) => present(ref, found[index] ?? null, optional));
      };
      const [single] = entityRef ? await read([entityRef]) : [];
      return {
        ...(single !== undefined && { entity: single }),
        ...(entityRefs && { entities: await read(entityRefs) }),
      };
    },
  });
}

function canonical(
  ref: string,
  defaults: { kind: string | undefined; namespace: string | undefined },
): string {
  try {
    return canonicalRef(ref, defaults);
  } catch (error) {
    throw new AtriumError('STEP_FAILED', error instanceof Error ? error.message : String(error));
  }
}

function present(ref: string, found: Entity | null, optional: boolean): Record<string, unknown> | null {
  if (!found && !optional) throw new AtriumError('STEP_FAILED', `There is no entity ${ref}`);
  return found && { ...found };
}
