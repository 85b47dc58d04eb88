/** The nouns of the catalog, in the shape of the Backstage descriptor format. */

export interface EntityLink {
  url: string;
  title?: string;
  icon?: string;
  type?: string;
}

export interface EntityMetadata {
  name: string;
  namespace?: string;
  uid?: string;
  etag?: string;
  title?: string;
  description?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  tags?: string[];
  links?: EntityLink[];
  [key: string]: unknown;
}

export interface EntityRelation {
  type: string;
  /** Full lower-case ref of the other end; it may dangle. */
  targetRef: string;
}

export interface EntityStatusItem {
  type: string;
  level: 'info' | 'warning' | 'error';
  message: string;
  error?: { name: string; message: string; code?: string };
}

export interface Entity {
  apiVersion: string;
  kind: string;
  metadata: EntityMetadata;
  spec?: Record<string, unknown>;
  relations?: EntityRelation[];
  status?: { items: EntityStatusItem[] };
}

export const DEFAULT_NAMESPACE = 'default';

/** Annotations that the catalog itself reads or sets. */
export const annotations = {
  managedBy: 'backstage.io/managed-by-location',
  managedByOrigin: 'backstage.io/managed-by-origin-location',
  orphan: 'backstage.io/orphan',
  sourceLocation: 'backstage.io/source-location',
  viewUrl: 'backstage.io/view-url',
  editUrl: 'backstage.io/edit-url',
} as const;
