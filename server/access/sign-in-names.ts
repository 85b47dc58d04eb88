/** Names of entities for people and groups as identity providers call them. */
import { hash } from 'node:crypto';
import { isName } from '#model/field-rules.ts';

const LONGEST = 63;
const MARK = 8;

/**
 * The names that a person may get, the plainest first; the last one is hers alone.
 * @param id by which the provider always knows her.
 */
export function personNames(called: readonly (string | null)[], id: string): string[] {
  const [plain = 'person'] = called
    .map((name) => plainName(name?.split('@')[0] ?? ''))
    .filter((name) => name !== '');
  return [plain, marked(plain, id)];
}

/**
 * The name of a group. Keycloak writes a slash in front of its groups. A name that can't be an entity's as it is gets
 * a mark, so that no two groups become one.
 */
export function groupName(claimed: string): string {
  const name = claimed.replace(/^\//, '');
  return isName(name) ? name : marked(plainName(name) || 'group', claimed);
}

function plainName(text: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, LONGEST);
  return plain.replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
}

function marked(name: string, id: string): string {
  const mark = hash('sha256', id).slice(0, MARK);
  return `${plainName(name.slice(0, LONGEST - MARK - 1))}-${mark}`;
}
