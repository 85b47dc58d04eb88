/** A scorecard as somebody wrote it, comments and all: for the editor to go on from. */
import { readDescriptors } from '#model/descriptor.ts';
import type { Entity } from '#model/entity.ts';
import { AtriumError } from '#model/errors.ts';
import { refOf } from '#model/ref.ts';
import { splitDocuments } from '#model/yaml-chunks.ts';
import { type CardViewer, isShown } from './cards.ts';
import type { SourceText } from './contract.ts';
import { packText } from './packs/index.ts';
import type { ScorecardStore } from './scorecard-store.ts';

/** The file that declares an entity. */
export interface DescriptorFile {
  path: string;
  text: string;
}

export interface SourceTextDeps {
  scorecards: ScorecardStore;
  /** @returns undefined where no file of it can be read. */
  descriptorOf(entity: Entity): Promise<DescriptorFile | undefined>;
}

/** @throws {AtriumError} ENTITY_NOT_FOUND, for drafts of others too. */
export async function sourceText(
  { scorecards, descriptorOf }: SourceTextDeps,
  ref: string,
  viewer: CardViewer,
): Promise<SourceText> {
  const stored = await scorecards.one(ref);
  if (!isShown(stored, viewer)) throw new AtriumError('ENTITY_NOT_FOUND', `There is no scorecard ${ref}`);
  if (stored.pack) return { text: packText(stored.entity.metadata.name) ?? null, path: null };
  const file = await descriptorOf(stored.entity);
  return { text: file ? documentOf(file.text, ref) : null, path: file?.path ?? null };
}

/** The file may declare other things beside it. */
function documentOf(text: string, ref: string): string | null {
  const documents = Array.from(splitDocuments(text.replaceAll('\r\n', '\n')), (chunk) => chunk.text);
  const found = documents.find((document) =>
    readDescriptors(document).some(({ value }) => value?.kind === 'Scorecard' && nameOf(value) === ref),
  );
  return found?.replace(/^---[^\n]*\n/, '') ?? null;
}

function nameOf(value: object): string | undefined {
  try {
    return refOf(value as Entity);
  } catch {
    return undefined;
  }
}
