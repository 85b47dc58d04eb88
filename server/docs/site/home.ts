/** Where the documentation of an entity lies, as its annotations and its descriptor's place say. */
import { annotations, type Entity } from '#model/entity.ts';
import { parseLocationRef, resolveTarget } from '#model/locations.ts';

/** Of TechDocs; what a company has written for it works unchanged. */
export const docAnnotations = {
  /** `dir:.`, `dir:./sub` from the descriptor on, or `url:…`. */
  place: 'backstage.io/techdocs-ref',
  /** The entity whose documentation is shown instead. */
  entity: 'backstage.io/techdocs-entity',
  decisions: 'backstage.io/adr-location',
} as const;

export interface DocHome {
  /** Of the folder, as `https://…` or `file:…`. */
  address: string;
  /** Somebody said that it has documentation; otherwise it may have none. */
  stated: boolean;
}

/** @returns undefined where no file stands behind the entity, or the annotation can't be read. */
export function homeOf({ metadata }: Entity): DocHome | undefined {
  const written = metadata.annotations ?? {};
  const descriptor = written[annotations.managedBy];
  const stated = written[docAnnotations.place];
  const address = stated === undefined ? ownFolder(written) : statedFolder(stated, descriptor);
  if (address === undefined) return undefined;
  // However it is written, one folder is one address.
  const plain = address.replace(/^(https?:.*?)\/blob\//, '$1/tree/').replace(/(\/\.?)+$/, '');
  return { address: plain, stated: stated !== undefined };
}

function ownFolder(written: Readonly<Record<string, string>>): string | undefined {
  const source = written[annotations.sourceLocation];
  const descriptor = written[annotations.managedBy];
  return (source ?? descriptor?.replace(/\/[^/]*$/, '/'))?.replace(/^url:/, '');
}

function statedFolder(stated: string, descriptor: string | undefined): string | undefined {
  const [, type, target = ''] = /^(\w+):(.+)$/.exec(stated.trim()) ?? [];
  if (type === 'url') return target;
  if (type !== 'dir' || descriptor === undefined) return undefined;
  try {
    const folder = resolveTarget(`${target.replace(/\/+$/, '')}/`, parseLocationRef(descriptor));
    return /^[a-z]+:/i.test(folder) ? folder : `file:${folder}`;
  } catch {
    // What can't be resolved is nowhere.
    return undefined;
  }
}
