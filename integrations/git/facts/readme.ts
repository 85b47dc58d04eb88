import type { FactCollector } from './collector.ts';
import { nearestFile } from './own-files.ts';

export const README = /^readme(\.(md|markdown|rst|adoc|txt))?$/i;
const USE =
  '(usage|use|using|quick ?start|getting started|install(ation|ing)?|running|run|how to|development|develop|build(ing)?)\\b';
/** `# Usage`, `== Usage` of AsciiDoc, `**Usage**`, and a line that is underlined. */
const HEADING = new RegExp(
  `^(#+|=+)[ \\t]*${USE}|^\\*\\*${USE}[^*\\n]{0,60}\\*\\*[ \\t]*:?$|^${USE}[^\\n]{0,60}\\n[=~-]{3,}[ \\t]*$`,
  'im',
);
const FENCE = /^(```|~~~).*?^\1/gms;
/** Code of Markdown without a fence: set in, after an empty line. */
const SET_IN = /^[ \t]*\n(?:(?: {4}|\t)(?![-*+]|\d+[.)])\S.*\n?)+/gm;

export const readme: FactCollector = {
  name: 'readme',
  title: 'README',
  description:
    'Whether there is a README, how much it says, and whether it tells how to use or run what it describes.',
  schema: {
    type: 'object',
    required: ['present'],
    properties: {
      present: { type: 'boolean' },
      words: { type: 'integer', description: 'Outside of code' },
      headings: { type: 'integer' },
      usage: { type: 'boolean', description: 'A heading or code tells how to use, run or build it' },
      lastCommit: { type: 'string', format: 'date' },
    },
  },
  collect(scope) {
    const path = nearestFile(scope, README);
    const text = path === undefined ? undefined : scope.tree.read(path);
    if (path === undefined || text === undefined) return { value: { present: false } };
    const prose = text.replace(FENCE, '').replace(SET_IN, '\n');
    const lastCommit = scope.lastCommit(path);
    const value = {
      present: true,
      words: prose.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length,
      headings: prose.split('\n').filter((line) => /^#{1,6}\s|^[=-]{3,}\s*$/.test(line)).length,
      usage: HEADING.test(prose) || prose.length < text.length,
      ...(lastCommit && { lastCommit }),
    };
    return { value, path };
  },
};
