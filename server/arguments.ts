import { resolve } from 'node:path';
import { unescape as percentDecoded } from 'node:querystring';
import { parseArgs } from 'node:util';
import { type Config, configSchema, readConfig } from './kernel/config.ts';
import { keepSecret } from './kernel/secret.ts';

export interface ServerArguments extends Config {
  /** Keep nothing: the store is in memory. For commands that look once. */
  memory: boolean;
  /** Print the address and nothing else. */
  quiet: boolean;
}

/**
 * What the command line says, on top of what the configuration file says.
 * @throws {AtriumError} CONFIG_INVALID
 */
export function readArguments(args: string[], env: NodeJS.ProcessEnv): ServerArguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      port: { type: 'string' },
      host: { type: 'string' },
      data: { type: 'string' },
      database: { type: 'string' },
      memory: { type: 'boolean', default: false },
      quiet: { type: 'boolean', default: false },
    },
  });
  const file = values.config ? readConfig(values.config) : configSchema.parse({});
  const database = values.database ?? env.DATABASE_URL ?? file.database;
  keepSecret(percentDecoded(URL.parse(database ?? '')?.password ?? ''));
  const paths = positionals.map((path) => ({
    integration: 'git',
    target: resolvePath(path),
    promiseSeconds: 300,
  }));
  return {
    ...file,
    sources: [...file.sources, ...paths],
    data: resolve(values.data ?? file.data),
    ...(values.port === undefined ? {} : { port: configSchema.shape.port.parse(Number(values.port)) }),
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(database ? { database } : {}),
    memory: values.memory,
    quiet: values.quiet,
    logLevel: values.quiet ? 'error' : file.logLevel,
  };
}

function resolvePath(path: string): string {
  return /^[\w+.-]+:\/\//.test(path) ? path : resolve(path);
}
