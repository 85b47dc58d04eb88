import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type AsvsIds, asvsFaults } from './asvs.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) =>
  existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined;
const ids = JSON.parse(read('docs/security/asvs-ids.json') ?? '') as AsvsIds;

describe('docs/security/asvs.md', () => {
  it('speaks of every requirement of levels 1 and 2, and names files and tests that there are', () => {
    expect([ids.L1.length, ids.L2.length]).toEqual([70, 183]);
    expect(asvsFaults(read('docs/security/asvs.md') ?? '', ids, read)).toEqual([]);
  });
});

describe('a document', () => {
  const few: AsvsIds = { L1: ['V1.2.1', 'V1.2.2'], L2: ['V1.1.1', 'V1.1.2'] };
  const files: Record<string, string> = {
    'a.test.ts': "it('is so', () => {});\nit.each([1])(\n  'of %s is so', () => {});\n// 'is only said'",
    'docs/a.md': '',
  };
  const good = `
| 1 | 2 | 1 | 0 | 1 |
| 2 | 2 | 1 | 1 | 0 |
## Level 1
| id | asks | status | shown by, or why |
| --- | --- | --- | --- |
| V1.2.1 | this | met | \`a.test.ts › is so\` · \`a.test.ts › of %s is so\` |
| V1.2.2 | that | gap | it is missing |
## Level 2
| id | asks | status | shown by, or why |
| --- | --- | --- | --- |
| V1.1.1 | this | met | \`docs/a.md\` |

- V1.1.2: there is none.
`;
  const faults = (text: string) => asvsFaults(text, few, (path) => files[path]);

  it('that is right has no faults', () => {
    expect(faults(good)).toEqual([]);
  });

  it.each<[string, string, string, string]>([
    ['an id of another form', '| V1.2.1 |', '| 1.2.1 |', '1.2.1 is no id'],
    ['an id of another form in a list', '- V1.1.2:', '- V1.1:', 'V1.1 is no id'],
    [
      'an id of level 1 left out',
      '| V1.2.2 | that | gap | it is missing |\n',
      '',
      'V1.2.2 of level 1 is missing',
    ],
    ['an id of level 2 left out', '- V1.1.2: there is none.\n', '', 'V1.1.2 of level 2 is missing'],
    ['an id that there is not', '| V1.2.2 |', '| V9.9.9 |', 'V9.9.9 is not of level 1'],
    ['an id twice', '- V1.1.2:', '- V1.1.2, V1.1.1:', 'V1.1.1 stands there twice'],
    ['an unknown status', '| gap |', '| partly |', 'V1.2.2: there is no status partly'],
    ['no reason', '| it is missing |', '|  |', 'V1.2.2 doesn’t say why'],
    ['nothing that shows it', '`docs/a.md`', 'believe us', 'V1.1.1 is met, and nothing shows it'],
    ['a file that there is not', '`docs/a.md`', '`docs/b.md`', 'V1.1.1: there is no file docs/b.md'],
    [
      'a test file that there is not',
      '`a.test.ts › is so',
      '`b.test.ts › is so',
      'V1.2.1: there is no file b.test.ts',
    ],
    ['a test that there is not', '› is so', '› is not so', 'V1.2.1: a.test.ts has no test “is not so”'],
    ['a part of a name', '› of %s is so', '› of %s', 'V1.2.1: a.test.ts has no test “of %s”'],
    [
      'a text that names no test',
      '› is so',
      '› is only said',
      'V1.2.1: a.test.ts has no test “is only said”',
    ],
    [
      'wrong counts',
      '| 1 | 2 | 1 | 0 | 1 |',
      '| 1 | 2 | 2 | 0 | 0 |',
      'level 1 is counted wrongly: it should be | 1 | 2 | 1 | 0 | 1 |',
    ],
  ])('with %s is not right', (_what, text, other, fault) => {
    expect(good).toContain(text);
    expect(faults(good.replace(text, other))).toContain(fault);
  });
});
