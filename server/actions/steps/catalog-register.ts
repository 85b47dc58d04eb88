/** `catalog:register`: what was made stands in the catalog. */
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { OutsideAction } from '../step-action.ts';
import type { OwnStepDeps } from './outside-deps.ts';
import { defineOutside } from './outside-step.ts';

const input = z.union([
  z.object({
    catalogInfoUrl: z.string().min(1).describe('Address of the descriptor, or of the repository that has it'),
    optional: z.boolean().default(false).describe('Nothing fails when there is nothing to register'),
  }),
  z.object({
    repoContentsUrl: z.string().min(1),
    catalogInfoPath: z.string().default('/catalog-info.yaml'),
    optional: z.boolean().default(false),
  }),
]);
const output = z.object({ entityRef: z.string().optional(), catalogInfoUrl: z.string() });

export function catalogRegister({ registry }: Pick<OwnStepDeps, 'registry'>): OutsideAction[] {
  return defineOutside({
    id: 'catalog:register',
    description: 'Registers a descriptor, so that what it describes is in the catalog and stays up to date.',
    input,
    output,
    async plan(given) {
      const target = targetOf(given);
      const calls = [{ summary: `Register ${target} in the catalog`, target, detail: {} }];
      return { calls, output: { catalogInfoUrl: target, entityRef: '' } };
    },
    async run(given, { log, key }) {
      const target = targetOf(given);
      try {
        const refs = await registry.register(target, key);
        const [entityRef] = refs.filter((ref) => !ref.startsWith('location:'));
        log.info(`Registered ${entityRef ?? target}`);
        return { output: { catalogInfoUrl: target, ...(entityRef ? { entityRef } : {}) } };
      } catch (error) {
        if (!given.optional || !(error instanceof AtriumError)) throw error;
        log.warn(`Not registered: ${error.message}`);
        return { output: { catalogInfoUrl: target } };
      }
    },
    // To register again finds what is registered.
    settle: async () => 'not-done',
    undo: {
      summary: 'Takes it out of the catalog, unless it was registered before',
      async run(_input, { log, key }, { catalogInfoUrl }) {
        const target = String(catalogInfoUrl);
        const outcome = await registry.unregister(target, key);
        if (outcome === 'of-others') log.warn(`${target} stays: it was not this step that registered it`);
        return undefined;
      },
    },
  });
}

/** A bare repository is read as a whole: its descriptor stands where descriptors stand. */
function targetOf(given: z.output<typeof input>): string {
  if ('catalogInfoUrl' in given) return given.catalogInfoUrl;
  const { repoContentsUrl, catalogInfoPath } = given;
  if (repoContentsUrl.startsWith('file://')) return repoContentsUrl;
  return `${repoContentsUrl.replace(/\/+$/, '')}/${catalogInfoPath.replace(/^\/+/, '')}`;
}
