import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import type { SkeletonOptions } from '../render-tree.ts';
import type { skeleton } from './inputs.ts';

type SkeletonInput = z.output<z.ZodObject<typeof skeleton>>;

/** @throws {AtriumError} STEP_FAILED when options exclude each other. */
export function skeletonOptions(input: SkeletonInput): SkeletonOptions {
  const { copyWithoutRender, copyWithoutTemplating, templateFileExtension, cookiecutterCompat } = input;
  if (copyWithoutRender && copyWithoutTemplating) {
    throw new AtriumError('STEP_FAILED', 'copyWithoutRender and copyWithoutTemplating exclude each other');
  }
  const globs = copyWithoutTemplating ?? copyWithoutRender;
  if (templateFileExtension && (globs || cookiecutterCompat)) {
    const others = 'copyWithoutTemplating, copyWithoutRender and cookiecutterCompat';
    throw new AtriumError('STEP_FAILED', `templateFileExtension excludes ${others}`);
  }
  return {
    values: input.values,
    copyWithoutTemplating: globs,
    keepNames: copyWithoutRender !== undefined,
    cookiecutter: cookiecutterCompat,
    extension: extensionOf(templateFileExtension),
    replace: input.replace,
    trimBlocks: input.trimBlocks,
    lstripBlocks: input.lstripBlocks,
  };
}

function extensionOf(value: string | boolean | undefined): string | undefined {
  if (!value) return undefined;
  if (value === true) return '.njk';
  return value.startsWith('.') ? value : `.${value}`;
}
