/** What is observed of the documentation of an entity, for rules of scorecards. */
import type { FactDeclaration } from '#model/fact.ts';
import type { DocProblem } from '../contract.ts';

const COUNT = { type: 'integer', minimum: 0 } as const;

/** Of how many answers a share tells something. */
const LEAST_ANSWERS = 3;

export const docFacts: FactDeclaration = {
  name: 'docs',
  title: 'State of the documentation',
  description: 'What is wrong with the pages that the portal shows, and whether readers find them useful.',
  schema: {
    type: 'object',
    required: ['pages', 'brokenLinks', 'brokenAnchors', 'missingImages', 'missingCode', 'todos'],
    properties: {
      pages: COUNT,
      brokenLinks: { ...COUNT, description: 'To pages and files that are not there' },
      brokenAnchors: { ...COUNT, description: 'To headings that are not there' },
      missingImages: COUNT,
      deadLinks: {
        ...COUNT,
        description: 'To addresses of the Internet that lead nowhere; absent until each was asked once',
      },
      missingCode: { ...COUNT, description: 'Names of code that is no more' },
      todos: COUNT,
      outdated: { ...COUNT, description: 'Pages that nobody touched for longer than the code' },
      reported: { ...COUNT, description: 'Open reports of readers' },
      useful: {
        type: 'number',
        description: `Share of readers who found it useful, from 0 to 1; absent below ${LEAST_ANSWERS} answers`,
      },
    },
  },
};

const names: Readonly<Record<DocProblem['kind'], string>> = {
  'broken-link': 'brokenLinks',
  'broken-anchor': 'brokenAnchors',
  'missing-image': 'missingImages',
  'dead-link': 'deadLinks',
  'missing-code': 'missingCode',
  todo: 'todos',
  outdated: 'outdated',
  reported: 'reported',
};

export interface Observed {
  pages: number;
  problems: readonly { kind: DocProblem['kind'] }[];
  /** Answers of readers to whether it was useful. */
  useful: { yes: number; no: number };
  /** Whether each address of the Internet was asked at least once. */
  allAsked: boolean;
}

export function docFactOf({
  pages,
  problems,
  useful: { yes, no },
  allAsked,
}: Observed): Record<string, number> {
  const counts: Record<string, number> = Object.fromEntries(Object.values(names).map((name) => [name, 0]));
  for (const { kind } of problems) counts[names[kind]] = (counts[names[kind]] ?? 0) + 1;
  if (!allAsked) delete counts[names['dead-link']];
  const share = yes + no >= LEAST_ANSWERS ? { useful: Math.round((yes / (yes + no)) * 100) / 100 } : {};
  return { pages, ...counts, ...share };
}
