/** `catalog:refresh`: has what says an entity read anew, after a step that changed its repository. */
import { z } from 'zod';
import { canonicalRef } from '#model/ref.ts';
import type { OutsideAction } from '../step-action.ts';
import type { OwnStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';

const input = z.object({ entityRef: z.string().min(1).describe('Of the entity') });

export function catalogRefresh({ registry }: Pick<OwnStepDeps, 'registry'>): OutsideAction[] {
  return defineOutside({
    id: 'catalog:refresh',
    description: 'Has an entity read anew from its sources.',
    input,
    plan({ entityRef }) {
      return { calls: [{ summary: `Read ${entityRef} anew`, target: entityRef, detail: {} }], output: {} };
    },
    async run({ entityRef }, { log }) {
      await registry.refresh(canonicalRef(entityRef));
      log.info(`${entityRef} is being read anew`);
      return { output: {} };
    },
    // To read once more does no harm.
    settle: async () => 'not-done',
  });
}
