import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import { Ajv, type FuncKeywordDefinition } from 'ajv';
import { AtriumError } from '#model/errors.ts';
import type { Integration } from '#model/integration.ts';
import type { ServerArguments } from './arguments.ts';
import { secretSchema } from './kernel/secret.ts';
import type { ConfiguredSource } from './sources/index.ts';

/** Keys of a source that are ours; all others are its integration's. */
type SourceConfig = ServerArguments['sources'][number];

/**
 * The sources that the configuration names, in its order.
 * @throws {AtriumError} CONFIG_INVALID when an integration is unknown or refuses its configuration.
 */
export function configuredSources(
  sources: readonly SourceConfig[],
  integrations: readonly Integration[],
  dataDir: string,
): ConfiguredSource[] {
  const configured = sources.map((source) => {
    refuseCredentials(source);
    return configuredSource(source, integrations, dataDir);
  });
  const ids = configured.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice)
    throw new AtriumError('CONFIG_INVALID', `Two sources have the id ${twice}; give one of them another`);
  return configured;
}

/** A target is shown to people, kept in the store and handed to other programs. */
function refuseCredentials({ target }: SourceConfig): void {
  const url = URL.parse(target);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url?.password && !(isWeb && url.username)) return;
  const place = `${url.protocol}//${url.host}${url.pathname}`;
  throw new AtriumError(
    'CONFIG_INVALID',
    `The target ${place} holds credentials; write them as credentials: { username, token: { env } }`,
  );
}

export function configuredSource(
  { id, integration: name, target, promiseSeconds, ...own }: SourceConfig,
  integrations: readonly Integration[],
  dataDir: string,
): ConfiguredSource {
  const integration = integrations.find((known) => known.id === name);
  if (!integration) {
    const known = integrations.map((each) => each.id).join(', ');
    throw new AtriumError('CONFIG_INVALID', `There is no integration "${name}"; there are: ${known}`);
  }
  const config = structuredClone({ target, ...own });
  checkConfig(integration, config);
  const sourceId =
    id ??
    `${name}:${basename(target) || 'root'}-${createHash('sha1').update(target).digest('hex').slice(0, 6)}`;
  return {
    id: sourceId,
    integration: name,
    title: id ?? (basename(target) || target),
    target,
    promiseSeconds,
    workDir: join(dataDir, 'sources', sourceId.replace(/[^\w.-]/g, '_')),
    source: integration.create(config),
  };
}

/** Puts the secret itself where the configuration says where it is. */
const secretKeyword: FuncKeywordDefinition = {
  keyword: 'secret',
  schemaType: 'boolean',
  modifying: true,
  errors: true,
  validate: function validate(_schema: boolean, from: unknown, _parent, at) {
    const read = secretSchema.safeParse(from);
    if (at && read.success) at.parentData[at.parentDataProperty] = read.data;
    const message = read.error?.issues.map((issue) => issue.message).join('; ');
    Object.assign(validate, { errors: message ? [{ keyword: 'secret', message, params: {} }] : undefined });
    return read.success;
  },
};

function checkConfig(integration: Integration, config: object): void {
  const ajv = new Ajv({ allErrors: true, useDefaults: true }).addKeyword(secretKeyword);
  const validate = ajv.compile(integration.configSchema);
  if (validate(config)) return;
  const reasons = (validate.errors ?? []).map(
    ({ instancePath, message }) => `${instancePath || 'source'} ${message}`,
  );
  throw new AtriumError('CONFIG_INVALID', `Source of integration ${integration.id}: ${reasons.join('; ')}`);
}
