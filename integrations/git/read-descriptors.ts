/** Reads one descriptor file of a repository: its documents become contributions, its mistakes problems. */
import { posix } from 'node:path';
import type { Contribution, PartReading, Place, Problem } from '#model/contribution.ts';
import { type DescriptorDocument, readDescriptors, withLines } from '#model/descriptor.ts';
import { annotations, DEFAULT_NAMESPACE, type Entity } from '#model/entity.ts';
import type { KindRegistry } from '#model/kinds.ts';
import { substitutePlaceholders } from '#model/placeholders.ts';
import { formatRef, refOf } from '#model/ref.ts';
import { deriveRelations } from '#model/relations.ts';
import { validateEntity } from '#model/validate.ts';
import type { GitAccess } from './client.ts';
import type { Files } from './files.ts';
import { hasErrors, lastGood } from './last-good.ts';
import { followLocation } from './location-follow.ts';
import {
  type Declared,
  type DescriptorFile,
  type DescriptorReading,
  emptyPart,
  partKey,
  skeletonReading,
} from './part.ts';
import {
  locationAnnotations,
  locationOf,
  pathOfUrl,
  type RepositoryPlace,
  slugOfSource,
} from './remote-links.ts';
import { isCookiecutter, skeletonFolders } from './skeletons.ts';

/** @returns undefined when the file does not exist. */
export type DescriptorReader = (file: DescriptorFile) => Promise<DescriptorReading | undefined>;

interface Repository {
  key: string;
  place: RepositoryPlace;
  files: Files;
  kinds: KindRegistry;
  /** How to fetch what a clone lacks. */
  access?: (() => Promise<GitAccess>) | undefined;
}

export function createDescriptorReader(repository: Repository): DescriptorReader {
  return (file) => readFile(repository, file);
}

async function readFile(
  repository: Repository,
  file: DescriptorFile,
): Promise<DescriptorReading | undefined> {
  let text: string | undefined;
  try {
    text = repository.files.text(file.path);
  } catch (error) {
    return unreadable(repository, file, error);
  }
  if (text === undefined) return undefined;
  if (isCookiecutter(text)) return skeletonReading(repository.key, file);
  const { part, reading } = await readText(repository, file, text);
  const { folder, head } = repository.place;
  if (head.revision && hasErrors(reading)) {
    const again = async (version: string) => (await readText(repository, file, version)).reading;
    reading.lastGood = await lastGood(folder, file.path, reading, again, await repository.access?.());
  }
  return { part, reading };
}

async function readText(
  repository: Repository,
  file: DescriptorFile,
  text: string,
): Promise<DescriptorReading> {
  const { revision } = repository.place.head;
  const reading: PartReading = {
    part: partKey(repository.key, file.path),
    contributions: [],
    problems: [],
    ...(revision && { revision }),
  };
  const part = emptyPart(file);
  const budget = { left: MOST_USED };
  part.skeletons = skeletonFolders(text, file.path);
  // Looking for placeholders in each entity costs more than one look at the text.
  const hasPlaceholders = /\$(?:text|json|yaml|openapi|asyncapi)\b/.test(text);
  for (const document of readDescriptors(text)) {
    await readDocument(repository, { part, reading, budget }, document, hasPlaceholders);
  }
  if (reading.problems?.length === 0) delete reading.problems;
  return { part, reading };
}

function unreadable({ key }: Repository, file: DescriptorFile, error: unknown): DescriptorReading {
  const reason = error instanceof Error ? error.message : String(error);
  const problem: Problem = {
    level: 'error',
    message: `The file can't be read: ${reason}`,
    remedy: 'Check its permissions and size; what it said before was kept.',
    path: file.path,
  };
  const reading = { part: partKey(key, file.path), contributions: [], problems: [problem], failed: true };
  return { part: emptyPart(file), reading };
}

async function readDocument(
  repository: Repository,
  { part, reading, budget }: DescriptorReading & { budget: Budget },
  document: DescriptorDocument,
  hasPlaceholders: boolean,
): Promise<void> {
  const { path } = part.file;
  const report = (problems: readonly Problem[], ref?: string): Problem[] =>
    withLines(problems, document).map((problem) => ({ ...problem, path, ...(ref && { ref }) }));
  const note = (problems: readonly Problem[], ref?: string) =>
    reading.problems?.push(...report(problems, ref));
  note(document.problems, refIn(document.value));
  if (!document.value) return;
  const filled = hasPlaceholders
    ? await substitutePlaceholders(document.value, (_kind, target) =>
        readUsed(repository, part, budget, target),
      )
    : { entity: document.value, problems: [] };
  const { entity, problems } = validateEntity(filled.entity, repository.kinds);
  const ref = entity ? refOf(entity) : refIn(document.value);
  if (!entity || filled.problems.length > 0) {
    // What the schema says of a placeholder that stayed would only repeat that it could not be read.
    const fields = new Set(filled.problems.map(({ field }) => field));
    note([...filled.problems, ...problems.filter(({ field }) => !fields.has(field))], ref);
    return;
  }
  const wrong = deriveRelations(entity, repository.kinds).problems.filter(({ level }) => level === 'error');
  if (wrong.length > 0) {
    note(wrong, ref);
    return;
  }
  if (part.declared.some((declared) => declared.ref === ref)) {
    note([repeated(refOf(entity))], ref);
    return;
  }
  part.declared.push(declaredIn(entity, path));
  if (entity.kind.toLowerCase() === 'location') {
    const found = followLocation(entity, path, repository.place, repository.files, document.lines);
    part.isLocation = true;
    part.follow.push(...found.paths);
    problems.push(...found.problems);
  }
  reading.contributions.push(contributionOf(repository, part.file, entity, document, report(problems)));
}

function contributionOf(
  { place }: Repository,
  { path, origin }: DescriptorFile,
  entity: Entity,
  document: DescriptorDocument,
  problems: Problem[],
): Contribution {
  const added = locationAnnotations(place, path, origin);
  entity.metadata.annotations = { ...added, ...entity.metadata.annotations };
  const where: Place = { location: locationOf(place, path), path, line: document.line };
  return {
    ref: refOf(entity),
    entity,
    confidence: 'declared',
    place: where,
    lines: document.lines,
    ...(problems.length > 0 && { problems }),
  };
}

/** Bytes that the placeholders of one file may bring in: one large text, named in each document, is many. */
const MOST_USED = 32 << 20;
/** Even an empty file costs something to open. */
const LEAST_COST = 4096;

interface Budget {
  left: number;
}

/** A placeholder reads files of its own repository only; anything else would leak what it has no right to. */
async function readUsed(
  { place, files }: Repository,
  part: DescriptorReading['part'],
  budget: Budget,
  target: string,
): Promise<string> {
  const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(target);
  const path = isUrl ? pathOfUrl(place, target) : relativePath(part.file.path, target);
  if (path === undefined || path === '..' || path.startsWith('../')) {
    throw new Error('it lies outside the repository of the descriptor');
  }
  part.uses.push(path);
  budget.left -= Math.max(files.size(path), LEAST_COST);
  if (budget.left < 0) throw new Error(`this file brings in more than ${MOST_USED >> 20} MiB`);
  const text = files.text(path);
  if (text === undefined) throw new Error('there is no such file');
  return text;
}

function relativePath(holder: string, target: string): string | undefined {
  return posix.isAbsolute(target) ? undefined : posix.join(posix.dirname(holder), target);
}

/** The entity that a document means, as far as its kind and name can be told. */
function refIn(value: Record<string, unknown> | undefined): string | undefined {
  const kind = value?.kind;
  const metadata = value?.metadata;
  if (typeof kind !== 'string' || !kind || typeof metadata !== 'object' || !metadata) return undefined;
  const { name, namespace } = metadata as Record<string, unknown>;
  if (typeof name !== 'string' || !name) return undefined;
  return formatRef({
    kind,
    name,
    namespace: typeof namespace === 'string' && namespace ? namespace : DEFAULT_NAMESPACE,
  });
}

function declaredIn(entity: Entity, path: string): Declared {
  const { name, namespace = DEFAULT_NAMESPACE, annotations: written = {} } = entity.metadata;
  const source = written[annotations.sourceLocation] ?? '';
  const slug =
    written['github.com/project-slug'] ?? written['gitlab.com/project-slug'] ?? slugOfSource(source);
  return { ref: refOf(entity), kind: entity.kind, namespace, name, path, ...(slug && { slug }) };
}

const repeated = (ref: string): Problem => ({
  level: 'error',
  message: `metadata.name: ${ref} stands in this file twice; the first was used`,
  remedy: 'Rename one of them or remove it.',
  field: 'metadata.name',
});
