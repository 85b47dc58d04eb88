import type { Problem } from './contribution.ts';
import type { EntityMetadata } from './entity.ts';
import { isLabelValue, isMapKey, isName, isNamespace, isTag, isUrl } from './field-rules.ts';
import { describeValue, isRecord, quoteRemedy, shorten } from './value-words.ts';

const nameRule =
  'Use 1 to 63 letters, digits, "-", "_" or "." and start and end with a letter or digit, as in "my-service".';
const keyRule = 'Write the key as name or prefix.example.com/name, with letters, digits, "-", "_" and ".".';

/** Checks `metadata`. @returns it when it is one, whether or not all its fields are right. */
export function checkMetadata(metadata: unknown, problems: Problem[]): EntityMetadata | undefined {
  if (!isRecord(metadata)) {
    fail(
      problems,
      'metadata',
      metadata,
      'must be a mapping',
      'Write at least "metadata:" and below it "name:".',
    );
    return undefined;
  }
  checkNames(metadata, problems);
  for (const field of ['uid', 'etag', 'title', 'description'] as const) {
    const value = metadata[field];
    if (value === undefined) continue;
    if (typeof value !== 'string') failText(problems, `metadata.${field}`, value);
    else if (value === '' && field !== 'description') {
      fail(problems, `metadata.${field}`, value, 'must not be empty', 'Give it a text, or remove the key.');
    }
  }
  checkMap(metadata.labels, 'metadata.labels', isLabelValue, problems);
  checkMap(metadata.annotations, 'metadata.annotations', undefined, problems);
  checkTags(metadata.tags, problems);
  checkLinks(metadata.links, problems);
  return metadata as EntityMetadata;
}

function checkNames(metadata: Record<string, unknown>, problems: Problem[]): void {
  const { name, namespace } = metadata;
  if (typeof name !== 'string') {
    if (name === undefined) fail(problems, 'metadata.name', name, 'must be given', nameRule);
    else failText(problems, 'metadata.name', name);
  } else if (!isName(name)) fail(problems, 'metadata.name', name, 'is not valid', nameRule);
  if (namespace === undefined) return;
  if (typeof namespace !== 'string') failText(problems, 'metadata.namespace', namespace);
  else if (!isNamespace(namespace.toLowerCase())) {
    const rule = 'Use 1 to 63 lower-case letters, digits and "-", as in "payments".';
    fail(problems, 'metadata.namespace', namespace, 'is not valid', rule);
  }
}

function checkMap(
  map: unknown,
  field: string,
  isValid: ((text: string) => boolean) | undefined,
  problems: Problem[],
): void {
  if (map === undefined) return;
  if (!isRecord(map)) {
    fail(problems, field, map, 'must be a mapping', 'Write "key: value" lines below it, or remove it.');
    return;
  }
  for (const key of Object.keys(map)) {
    const value = map[key];
    if (!isMapKey(key)) {
      const path = `${field}.${shorten(key)}`;
      problems.push({ level: 'error', message: `${path} is not a valid key`, remedy: keyRule, field: path });
    } else if (typeof value !== 'string') failText(problems, `${field}.${key}`, value);
    else if (isValid && !isValid(value))
      fail(problems, `${field}.${key}`, value, 'is not valid', labelRemedy);
  }
}

const labelRemedy = `${nameRule} A longer or freer text can be an annotation.`;

function checkTags(tags: unknown, problems: Problem[]): void {
  if (tags === undefined) return;
  if (!Array.isArray(tags)) {
    fail(problems, 'metadata.tags', tags, 'must be a list', 'Write one "- tag" line for each tag.');
    return;
  }
  tags.forEach((tag: unknown, index) => {
    const field = `metadata.tags.${index}`;
    if (typeof tag !== 'string') failText(problems, field, tag);
    else if (!isTag(tag)) fail(problems, field, tag, 'is not a valid tag', tagRemedy(tag));
  });
}

function tagRemedy(tag: string): string {
  const mended = tag
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9:+#]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
  const rule = 'Use 1 to 63 lower-case letters, digits, ":", "+", "#", and single "-" between them';
  return isTag(mended) ? `${rule}, as in "${mended}".` : `${rule}.`;
}

function checkLinks(links: unknown, problems: Problem[]): void {
  if (links === undefined) return;
  if (!Array.isArray(links)) {
    fail(problems, 'metadata.links', links, 'must be a list', 'Write one "- url: …" item for each link.');
    return;
  }
  links.forEach((link: unknown, index) => {
    const field = `metadata.links.${index}`;
    if (!isRecord(link)) fail(problems, field, link, 'must be a mapping', 'Write it as "- url: https://…".');
    else checkLink(link, field, problems);
  });
}

function checkLink(link: Record<string, unknown>, field: string, problems: Problem[]): void {
  if (typeof link.url !== 'string' || !isUrl(link.url)) {
    fail(problems, `${field}.url`, link.url, 'must be a whole address', 'Write it as https://host/path.');
  }
  for (const key of ['title', 'icon', 'type'] as const) {
    const value = link[key];
    if (value === undefined) continue;
    const path = `${field}.${key}`;
    if (typeof value !== 'string') failText(problems, path, value);
    else if (value === '' || (key !== 'type' && value.trim() === '')) {
      fail(problems, path, value, 'must not be empty', 'Give it a text, or remove the key.');
    }
  }
}

function failText(problems: Problem[], field: string, value: unknown): void {
  fail(problems, field, value, 'must be text', quoteRemedy(field, value));
}

function fail(problems: Problem[], field: string, value: unknown, rule: string, remedy: string): void {
  const joint = rule.startsWith('is not') ? ': it is' : ', but it is';
  const message = `${field} ${rule}${joint} ${describeValue(value)}`;
  problems.push({ level: 'error', message, remedy, field });
}
