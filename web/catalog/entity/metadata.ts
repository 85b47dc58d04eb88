import type { EntityLink, EntityMetadata } from '#model/entity.ts';
import type { GoldenRecord } from '#server/catalog/contract.ts';

export interface Metadata {
  description: string | undefined;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  tags: readonly string[];
  links: readonly EntityLink[];
}

/** The descriptor's metadata with every list present. */
export function metadataOf(record: GoldenRecord): Metadata {
  const metadata = (record.entity.metadata ?? {}) as Partial<EntityMetadata>;
  return {
    description: metadata.description,
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    tags: metadata.tags ?? [],
    links: metadata.links ?? [],
  };
}

export function specOf(record: GoldenRecord): Record<string, unknown> {
  return (record.entity.spec ?? {}) as Record<string, unknown>;
}
