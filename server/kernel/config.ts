import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { accessConfigSchema } from './access-config.ts';
import { checkAccess } from './access-rules.ts';
import { actionsConfigSchema } from './actions-config.ts';
import { docsConfigSchema } from './docs-config.ts';
import { noticesConfigSchema } from './notices-config.ts';
import { checkSignIn } from './sign-in-rules.ts';
import { standardsConfigSchema } from './standards-config.ts';

const sourceSchema = z
  .looseObject({
    id: z.string().optional().describe('Name of the source; made from its target when absent'),
    integration: z.string().default('git').describe('The integration that reads it'),
    target: z
      .string()
      .describe('What to read: for git a folder of checkouts, a repository, a URL, or a descriptor file'),
    promiseSeconds: z
      .number()
      .int()
      .min(10)
      .default(300)
      .describe('What it says counts as stale when it was not confirmed for so many seconds'),
  })
  .describe('One use of an integration; further keys are that integration’s own');

const relationSchema = z.strictObject({
  field: z.string().describe('Key in spec that holds a ref or a list of refs'),
  defaultKind: z.string().optional().describe('Kind of a ref that does not say it'),
  targetKinds: z.array(z.string()).optional().describe('Kinds that may be named; any when absent'),
  forward: z.string().regex(/^\w+$/).describe('Relation type on the holder'),
  reverse: z.string().regex(/^\w+$/).describe('Relation type on the target'),
  reverseKinds: z
    .array(z.string())
    .optional()
    .describe('Target kinds that get the reverse relation; all when absent'),
});

/** The optional keys are left out rather than undefined, as the model wants them. */
const relationFieldSchema = relationSchema.transform((field) => present(field));
const customRelationSchema = relationSchema
  .extend({ on: z.array(z.string()).min(1).describe('Kinds whose spec may have the field') })
  .transform((field) => present(field));

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function present<T extends object>(object: T): Present<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as Present<T>;
}

const kindSchema = z.strictObject({
  kind: z.string().regex(/^[a-zA-Z][a-z0-9A-Z]*$/),
  plural: z.string().describe('Word for several of them'),
  apiVersions: z.array(z.string()).min(1).describe('apiVersions that its descriptors may have'),
  spec: z.record(z.string(), z.unknown()).describe('JSON Schema of spec'),
  relations: z.array(relationFieldSchema).default([]),
});

const tlsSchema = z.strictObject({
  certificate: z.string().describe('File of the certificate and those that it follows on, as PEM'),
  key: z.string().describe('File of its private key, as PEM'),
});

const settingsSchema = z.strictObject({
  sources: z
    .array(sourceSchema)
    .default([])
    .describe('Where the catalog comes from; the sample estate when empty'),
  kinds: z.array(kindSchema).default([]).describe('Kinds of entity beside the built-in ones'),
  relations: z
    .array(customRelationSchema)
    .default([])
    .describe('Relation types that kinds there are get in addition'),
  access: accessConfigSchema.describe('Who may come in, and what they may do'),
  actions: actionsConfigSchema.describe('How self-service actions are run'),
  standards: standardsConfigSchema.describe('By which standards entities are judged'),
  notices: noticesConfigSchema.describe('How people are told something where they are'),
  docs: docsConfigSchema.describe('How documentation is looked after'),
  port: z.number().int().min(0).max(65_535).default(7007),
  host: z.string().default('127.0.0.1').describe('Address to listen on'),
  tls: tlsSchema
    .optional()
    .describe('To serve HTTPS; without it the portal speaks HTTP, on this machine or to a proxy'),
  data: z.string().default('.atrium').describe('Folder of the embedded store, of clones and of caches'),
  database: z
    .string()
    .optional()
    .describe('URL of a PostgreSQL 15 or newer; the store is embedded without it'),
  undoHours: z.number().min(1).default(168).describe('For how long a removed entity can be brought back'),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});
export const configSchema = settingsSchema.superRefine(checkAccess).superRefine(checkSignIn);
export type Config = z.infer<typeof configSchema>;

/**
 * Reads the configuration file. Relative paths in it are relative to its folder.
 * @throws {AtriumError} CONFIG_INVALID naming file, line, column and what is expected.
 */
export function readConfig(path: string): Config {
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines });
  const syntax = document.errors[0];
  if (syntax) {
    const { line, col } = lines.linePos(syntax.pos[0]);
    throw new AtriumError('CONFIG_INVALID', `${path}:${line}:${col}: ${syntax.message.split('\n')[0]}`);
  }
  const folder = dirname(resolve(path));
  const parsed = configSchema.safeParse(withSecretFiles(document.toJS() ?? {}, folder));
  if (!parsed.success) throw invalid(path, document, lines, parsed.error);
  return withAbsolutePaths(parsed.data, folder);
}

/** A map of nothing but `file: <text>` is the place of a secret, which is read while the rest is checked. */
function withSecretFiles(value: unknown, folder: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withSecretFiles(item, folder));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [[key, file] = []] = entries;
  if (entries.length === 1 && key === 'file' && typeof file === 'string') {
    return { file: resolve(folder, file) };
  }
  return Object.fromEntries(entries.map(([name, item]) => [name, withSecretFiles(item, folder)]));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new AtriumError('CONFIG_INVALID', `${path} can't be read: ${(cause as Error).message}`, { cause });
  }
}

function invalid(path: string, document: Document, lines: LineCounter, error: z.ZodError): AtriumError {
  const messages = error.issues.map((issue) => {
    const at = position(document, lines, issue.path as (string | number)[]);
    return `${path}:${at}: ${issue.path.join('.') || 'the file'}: ${issue.message}`;
  });
  return new AtriumError('CONFIG_INVALID', messages.join('\n'));
}

/** Line and column of the nearest thing in the file that a path names. */
function position(document: Document, lines: LineCounter, path: (string | number)[]): string {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) {
      const { line, col } = lines.linePos(node.range[0]);
      return `${line}:${col}`;
    }
  }
  return '1:1';
}

function withAbsolutePaths(config: Config, folder: string): Config {
  const absolute = (path: string) => (isAbsolute(path) ? path : resolve(folder, path));
  const isUrl = (target: string) => /^[\w+.-]+:\/\//.test(target) || /^[\w.-]+@[\w.-]+:/.test(target);
  return {
    ...config,
    data: absolute(config.data),
    ...(config.tls
      ? { tls: { certificate: absolute(config.tls.certificate), key: absolute(config.tls.key) } }
      : {}),
    access: {
      ...config.access,
      ...(config.access.auditFile ? { auditFile: absolute(config.access.auditFile) } : {}),
    },
    sources: config.sources.map((source) =>
      isUrl(source.target) ? source : { ...source, target: absolute(source.target) },
    ),
  };
}
