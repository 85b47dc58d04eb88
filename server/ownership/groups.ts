/** Groups with what their descriptors say of reaching them. */
import { type Kysely, sql } from 'kysely';
import type { EntityLink } from '#model/entity.ts';
import type { CatalogTables } from '../catalog/index.ts';

export interface Group {
  ref: string;
  name: string;
  namespace: string;
  title: string;
  type: string | null;
  description: string | null;
  email: string | null;
  links: EntityLink[];
  /** `spec.onCall` as it is written. */
  onCall: unknown;
}

/** By ref; those that no source knows are left out. */
export async function readGroups(
  db: Kysely<CatalogTables>,
  refs: readonly string[],
): Promise<Map<string, Group>> {
  if (refs.length === 0) return new Map();
  const { rows } = await sql<Omit<Group, 'links'> & { links: unknown }>`
    select ref, name, namespace, coalesce(title, name) as title, type, description,
      body #>> '{spec,profile,email}' as email, body #> '{metadata,links}' as links,
      body #> '{spec,onCall}' as "onCall"
    from entity where ref = any(${refs}::text[]) and kind = 'group'`.execute(db);
  return new Map(rows.map((row) => [row.ref, { ...row, links: linksIn(row.links) }]));
}

function linksIn(links: unknown): EntityLink[] {
  if (!Array.isArray(links)) return [];
  return (links as EntityLink[]).filter(({ url }) => typeof url === 'string');
}

/** Refs of all groups that a source knows. */
export async function allGroups(db: Kysely<CatalogTables>): Promise<string[]> {
  const rows = await db.selectFrom('entity').select('ref').where('kind', '=', 'group').execute();
  return rows.map(({ ref }) => ref);
}

/** Refs of the groups that have a rotation. */
export async function groupsWithRotation(db: Kysely<CatalogTables>): Promise<string[]> {
  const { rows } = await sql<{ ref: string }>`
    select ref from entity where kind = 'group' and terms @> array['spec.oncall.timezone']`.execute(db);
  return rows.map(({ ref }) => ref);
}

export interface Contact {
  label: string;
  url: string;
}

/** Where a group is asked: its chat, where a link leads there, else its mailbox. */
export function contactOf(group: Pick<Group, 'links' | 'email'>): Contact | null {
  const chat = group.links.find(isChat);
  if (chat) return { label: chat.title ?? 'Chat', url: chat.url };
  return mailTo(group.email);
}

export function mailTo(email: string | null): Contact | null {
  return email ? { label: email, url: `mailto:${email}` } : null;
}

const chatHosts = /(^|\.)(slack\.com|teams\.microsoft\.com|discord\.com|zulipchat\.com)$/;

function isChat({ url, type, icon }: EntityLink): boolean {
  const address = URL.parse(url);
  return type === 'chat' || icon === 'chat' || (address !== null && chatHosts.test(address.hostname));
}
