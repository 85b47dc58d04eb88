import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorTable } from '#model/error-table.ts';
import { tableRows } from './doc-table.ts';

const rows = tableRows(readFileSync(join(import.meta.dirname, '../docs/errors.md'), 'utf8'));

describe('docs/errors.md', () => {
  it('has a row for each error of the table, and no other', () => {
    expect(rows.map(([code]) => code)).toEqual(Object.keys(errorTable));
  });

  it.each(Object.entries(errorTable))('says of %s what the table says', (code, { status, name, remedy }) => {
    const row = rows.find(([first]) => first === code);
    expect(row).toEqual([code, String(status), name, expect.stringMatching(/.\.$/), remedy]);
  });
});
