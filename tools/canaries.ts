/** Secrets that sing: planted where secrets are, and looked for everywhere else. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openStore } from '#server/kernel/store/store.ts';
import { migrations } from '#server/migrations.ts';

/** The forms in which a secret might be found: as it is, encoded, and within the base64 of something longer. */
function formsOf(secret: string): string[] {
  const inner = [0, 1, 2].map((before) => {
    const text = Buffer.from(`${'x'.repeat(before)}${secret}`)
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(before === 0 ? 0 : 4, -2);
  });
  return [secret, encodeURIComponent(secret), Buffer.from(secret).toString('hex'), ...inner];
}

/** @returns what of the canaries stands in the bytes, by name. */
export function singing(canaries: Readonly<Record<string, string>>, bytes: Buffer | string): string[] {
  const haystack = Buffer.from(bytes);
  return Object.entries(canaries)
    .filter(([, secret]) => formsOf(secret).some((form) => haystack.includes(form)))
    .map(([name]) => name);
}

/** @returns `canary in file` for each file below a folder that holds one. */
export function singingFiles(canaries: Readonly<Record<string, string>>, folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const full = join(folder, path);
    if (!statSync(full, { throwIfNoEntry: false })?.isFile()) return [];
    return singing(canaries, readFileSync(full)).map((name) => `${name} in ${path}`);
  });
}

/** All rows of an embedded store as text: in its files, long values are packed. */
export async function dump(dataDir: string): Promise<Map<string, string>> {
  const store = await openStore<Record<string, never>>({ dataDir, migrations });
  try {
    const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'public'`.execute(store.db);
    const tables = new Map<string, string>();
    for (const { name } of rows) {
      const found = await sql<{ text: string }>`select to_jsonb(each)::text as text
        from ${sql.table(name)} each`.execute(store.db);
      tables.set(name, found.rows.map(({ text }) => text).join('\n'));
    }
    return tables;
  } finally {
    await store.close();
  }
}
