/** One shape for every kind of API, so that one page can show them all. */

export interface ApiReference {
  title: string;
  version: string;
  description: string;
  servers: readonly string[];
  groups: readonly ApiGroup[];
}

export interface ApiGroup {
  name: string;
  description: string;
  operations: readonly ApiOperation[];
}

export interface ApiOperation {
  /** Stable within the document; the anchor of its address. */
  id: string;
  /** `GET`, `SEND`, `QUERY`, `RPC`, `TYPE`: what is done, in one word. */
  verb: string;
  name: string;
  summary: string;
  description: string;
  deprecated: boolean;
  parameters: readonly ApiField[];
  request: readonly ApiBody[];
  responses: readonly ApiBody[];
}

/** Something that is sent or comes back. */
export interface ApiBody {
  /** `200`, `application/json`, `message OrderPlaced`. */
  label: string;
  description: string;
  schema?: ApiField;
}

/** A node of a schema tree. Its children are made when asked for, so recursive types are no matter. */
export interface ApiField {
  name: string;
  type: string;
  required: boolean;
  deprecated: boolean;
  description: string;
  /** `header`, `query`, … for parameters; `one of`, `example …`, bounds for the rest. */
  notes: readonly string[];
  children?: () => readonly ApiField[];
}

export function anchorOf(...parts: string[]): string {
  return parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** The operations whose name, verb or summary hold every word. */
export function filterGroups(groups: readonly ApiGroup[], words: string): ApiGroup[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (operation: ApiOperation) => {
    const text = `${operation.verb} ${operation.name} ${operation.summary}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
  return groups
    .map((group) => ({ ...group, operations: group.operations.filter(matches) }))
    .filter((group) => group.operations.length > 0);
}
