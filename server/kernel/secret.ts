/** Values that are used and never shown: not in logs, answers, errors or the store. */
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { z } from 'zod';

const HIDDEN = '[secret]';

/** Prints as `[secret]` wherever it ends up; only `reveal` gives the value. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}

/**
 * A secret in the configuration: where it is, never what it is. Read when the configuration is, so that one that
 * is missing stops the start and not the first use.
 */
export const secretSchema = z
  .union([
    z.strictObject({ env: z.string().describe('Name of an environment variable') }),
    z.strictObject({ file: z.string().describe('Path of a file that holds it') }),
  ])
  .transform((from, context) => {
    try {
      const value = 'env' in from ? process.env[from.env] : readFileSync(from.file, 'utf8').trim();
      if (value) return new Secret(value);
    } catch (error) {
      context.addIssue({ code: 'custom', message: `can't be read: ${(error as Error).message}` });
      return z.NEVER;
    }
    const where = 'env' in from ? `the environment variable ${from.env}` : from.file;
    context.addIssue({ code: 'custom', message: `${where} is empty` });
    return z.NEVER;
  });
