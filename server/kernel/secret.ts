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

const placeSchema = z.union(
  [
    z.strictObject({ env: z.string().describe('Name of an environment variable') }),
    z.strictObject({ file: z.string().describe('Path of a file that holds it') }),
  ],
  { error: 'must say where the secret is: { env: NAME } or { file: PATH }' },
);

/**
 * A secret in the configuration: where it is, never what it is. Read when the configuration is, so that one that
 * is missing stops the start and not the first use.
 */
export const secretSchema = placeSchema.transform((from, context) => {
  try {
    return readSecret(from);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

/** @throws {Error} when there is no value, saying where it was looked for. */
function readSecret(from: z.infer<typeof placeSchema>): Secret {
  const where = 'env' in from ? `the environment variable ${from.env}` : from.file;
  const value = 'env' in from ? process.env[from.env] : readFileSync(from.file, 'utf8').trim();
  if (!value) throw new Error(`${where} is empty`);
  keepSecret(value);
  return new Secret(value);
}

/** The forms in which the secrets of this process might turn up in a text. */
const forms = new Set<string>();
/** Shorter ones would be found in words that have nothing to do with them. */
const SHORTEST = 6;

/** From now on `withoutSecrets` takes the value out of texts. */
export function keepSecret(value: string): void {
  if (value.length < SHORTEST) return;
  for (const form of secretForms(value)) forms.add(form);
}

/** The forms in which a secret might turn up in a text; of a short one only the plain ones. */
export function secretForms(value: string): string[] {
  const encoded = value.length < SHORTEST ? [] : base64Forms(value);
  return [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), ...encoded];
}

/**
 * As it looks within the base64 of a longer text, such as `user:value`. The characters at both ends depend on
 * the neighbours.
 */
function base64Forms(value: string): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.from(`${' '.repeat(before)}${value}`).toString('base64');
    return text.replace(/=+$/, '').slice(before === 0 ? 0 : before + 1, -1);
  });
}

/** For texts that come from other programs and systems, which may repeat what they were given. */
export function withoutSecrets(text: string): string {
  let clean = text;
  for (const form of forms) if (clean.includes(form)) clean = clean.replaceAll(form, HIDDEN);
  return clean;
}

/** A text without the logins that addresses in it hold: they are somebody's, and nobody had to name them. */
export function withoutLogins(text: string): string {
  return text
    .replace(/\b(https?:\/\/)[^\s/@"'\\]+@/gi, '$1')
    .replace(/\b([a-z][a-z+.-]*:\/\/[^\s/@:"'\\]+):[^\s/@"'\\]*@/gi, '$1@');
}
