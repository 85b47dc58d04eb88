import type { Problem } from './contribution.ts';
import { DEFAULT_NAMESPACE, type Entity, type EntityMetadata } from './entity.ts';
import { isApiVersion, isKind } from './field-rules.ts';
import type { KindRegistry } from './kinds.ts';
import { readRotation } from './rotation-reading.ts';
import { checkKeys } from './validate-keys.ts';
import { checkMetadata } from './validate-metadata.ts';
import { checkSpec } from './validate-spec.ts';
import { describeValue, isRecord, quoteRemedy, shorten } from './value-words.ts';

export interface ValidationResult {
  /** The entity without what a file may not say of itself; absent when any problem is an error. */
  entity?: Entity;
  /** The first problems, at most 20; none carries a line, see `withLines`. */
  problems: Problem[];
}

const rootKeys = new Set(['apiVersion', 'kind', 'metadata', 'spec', 'relations', 'status', 'attachments']);
const mostProblems = 20;

/**
 * Checks a value against the envelope rules and its kind's schema. Never throws. `relations`, `status` and
 * `attachments` are not read; the namespace is lower-cased and made explicit. Placeholders (`$text`) must
 * have been substituted before, or the schema of the kind refuses them.
 */
export function validateEntity(value: unknown, kinds: KindRegistry): ValidationResult {
  if (!isRecord(value)) {
    return {
      problems: [
        {
          level: 'error',
          message: `An entity must be a mapping, but it is ${describeValue(value)}`,
          remedy: 'Start with apiVersion, kind and metadata.',
        },
      ],
    };
  }
  const problems: Problem[] = [];
  checkRootKeys(value, problems);
  const apiVersion = checkHeader(value, 'apiVersion', isApiVersion, 'backstage.io/v1alpha1', problems);
  const kind = checkHeader(value, 'kind', isKind, 'Component', problems);
  const metadata = checkMetadata(value.metadata, problems);
  const safe = checkKeys(value, problems);
  if (apiVersion && kind && safe) checkSpec(apiVersion, kind, value.spec, kinds, problems);
  else if (value.spec !== undefined && !isRecord(value.spec)) problems.push(specProblem(value.spec));
  if (kind === 'Group' && isRecord(value.spec))
    problems.push(...readRotation(value.spec.onCall, metadata?.namespace).problems);
  const kept = problems.length > mostProblems ? problems.slice(0, mostProblems) : problems;
  if (!apiVersion || !kind || !metadata || problems.some(({ level }) => level === 'error')) {
    return { problems: kept };
  }
  return { entity: buildEntity(apiVersion, kind, metadata, value.spec), problems: kept };
}

function buildEntity(apiVersion: string, kind: string, metadata: EntityMetadata, spec: unknown): Entity {
  const namespace = (metadata.namespace ?? DEFAULT_NAMESPACE).toLowerCase();
  const entity: Entity = { apiVersion, kind, metadata: { ...metadata, namespace } };
  if (isRecord(spec)) entity.spec = spec;
  return entity;
}

function specProblem(spec: unknown): Problem {
  return {
    level: 'error',
    message: `spec must be a mapping, but it is ${describeValue(spec)}`,
    remedy: spec === null ? 'Give spec its fields, or remove the key.' : 'Write the fields of spec below it.',
    field: 'spec',
  };
}

function checkRootKeys(value: Record<string, unknown>, problems: Problem[]): void {
  for (const key of Object.keys(value)) {
    if (rootKeys.has(key)) continue;
    const name = shorten(key);
    problems.push({
      level: 'error',
      message: `"${name}" is not a field of an entity`,
      remedy: rootKeyRemedy(name),
      field: name,
    });
  }
}

const metadataKeys = new Set([
  'name',
  'namespace',
  'title',
  'description',
  'labels',
  'annotations',
  'tags',
  'links',
]);

function rootKeyRemedy(key: string): string {
  if (metadataKeys.has(key)) return `Indent "${key}" so that it stands below metadata.`;
  for (const known of ['apiVersion', 'kind', 'metadata', 'spec']) {
    if (known.toLowerCase() === key.toLowerCase()) return `Write "${known}".`;
  }
  return `Move "${key}" below metadata or spec, where unknown fields are kept, or remove it.`;
}

function checkHeader(
  value: Record<string, unknown>,
  field: 'apiVersion' | 'kind',
  isValid: (text: string) => boolean,
  example: string,
  problems: Problem[],
): string | undefined {
  const found = value[field];
  if (typeof found === 'string' && isValid(found)) return found;
  const missing = found === undefined || found === null || found === '';
  problems.push({
    level: 'error',
    message: missing ? `${field} is missing` : `${field} is not valid: it is ${describeValue(found)}`,
    remedy:
      typeof found === 'number' || typeof found === 'boolean'
        ? quoteRemedy(field, found)
        : `Write ${field} as in "${field}: ${example}".`,
    field,
  });
  return undefined;
}
