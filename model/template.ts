/** A self-service action as its author wrote it: `kind: Template`, `scaffolder.backstage.io/v1beta3`. */
import type { Entity } from './entity.ts';
import type { GuardRails } from './guard-rails.ts';

export const TEMPLATE_API_VERSION = 'scaffolder.backstage.io/v1beta3';

/** One page of the form. */
export interface TemplatePage {
  title: string;
  description: string | null;
  /** JSON Schema with `ui:` options inline. */
  schema: Record<string, unknown>;
}

/** One step; all but its id and action may hold expressions. */
export interface TemplateStep {
  id: string;
  name: string;
  action: string;
  input: Record<string, unknown>;
  if?: string | boolean;
  each?: string | unknown[] | Record<string, unknown>;
}

/** What is shown at the end; may hold expressions, each link and text an `if`. */
export interface TemplateOutput {
  links: Record<string, unknown>[];
  text: Record<string, unknown>[];
  /** Every other key. */
  values: Record<string, unknown>;
}

export interface Template {
  ref: string;
  entity: Entity;
  title: string;
  description: string | null;
  type: string;
  tags: string[];
  /** As written; relative to the namespace of the template. */
  owner: string | null;
  /** Minutes of manual work that one run replaces. */
  savesMinutes: number | null;
  pages: TemplatePage[];
  /** Names of the fields whose values are secrets. */
  secretFields: string[];
  /** JSON Schema that the secrets must satisfy. */
  secretsSchema: Record<string, unknown> | null;
  presentation: { back: string; create: string; review: string };
  steps: TemplateStep[];
  output: TemplateOutput;
  guardRails: GuardRails;
}
