/** Requests and answers about documentation: sites and their pages, search, what is wrong with them. */
import { z } from 'zod';
import { partySchema } from '../ownership/contract.ts';

const text = z.string().min(1);
const version = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe('Branch, tag or commit; what is there now when absent');
const count = z.number().int();

export const entityParamsSchema = z.object({ kind: text, namespace: text, name: text });
/** Behind the entity, the page's address or the file's path in the site. */
export const pathParamsSchema = entityParamsSchema.extend({ '*': z.string() });
export const versionQuerySchema = z.object({ version });

export const siteCardSchema = z.object({
  ref: z.string(),
  kind: z.string(),
  type: z.string().nullable(),
  title: z.string(),
  description: z.string().nullable(),
  owner: partySchema.nullable(),
  /** `site`: set up by mkdocs.yml; `folder`: pages in a folder; `readme`: nothing but files beside the code. */
  form: z.enum(['site', 'folder', 'readme']),
  pages: count,
  /** When somebody last changed a page, and null where nobody can tell. */
  changedAt: z.string().nullable(),
  problems: count,
});
export type SiteCard = z.infer<typeof siteCardSchema>;
export const sitesQuerySchema = z.object({
  q: z.string().max(200).optional(),
  owner: z.string().optional().describe('Ref of a group or user'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const sitesSchema = z.object({ items: z.array(siteCardSchema), total: count, indexing: z.boolean() });

export interface NavNode {
  title: string;
  /** Address of the page below the site, '' for the first; absent for a mere heading. */
  page?: string | undefined;
  /** Somewhere else: another site, the API reference, a page of the Internet. */
  href?: string | undefined;
  /** What it is, where that is not a page of the site. */
  mark?: 'api' | 'decision' | 'runbook' | 'changelog' | 'readme' | 'site' | 'external' | undefined;
  /** Of a decision: `accepted`, `superseded`, …, and its day. */
  status?: string | undefined;
  date?: string | undefined;
  children?: NavNode[] | undefined;
}
export const navNodeSchema: z.ZodType<NavNode> = z.lazy(() =>
  z.object({
    title: z.string(),
    page: z.string().optional(),
    href: z.string().optional(),
    mark: z.enum(['api', 'decision', 'runbook', 'changelog', 'readme', 'site', 'external']).optional(),
    status: z.string().optional(),
    date: z.string().optional(),
    children: z.array(navNodeSchema).optional(),
  }),
);

export const siteSchema = z.object({
  card: siteCardSchema,
  nav: z.array(navNodeSchema),
  versions: z.object({
    current: z.string().nullable(),
    shown: z.string().nullable(),
    branches: z.array(z.string()),
    tags: z.array(z.string()),
  }),
  /** Sites of what is part of a system or domain, or belongs to a group. */
  parts: z.array(siteCardSchema),
  /** What could not be done as the site's configuration says. */
  notices: z.array(
    z.object({ message: z.string(), remedy: z.string(), path: z.string(), line: z.number().nullable() }),
  ),
});
export type DocSite = z.infer<typeof siteSchema>;

export const headingSchema = z.object({ level: count, id: z.string(), text: z.string() });
const pageLinkSchema = z.object({ title: z.string(), page: z.string() });
export const problemKinds = [
  'broken-link',
  'broken-anchor',
  'dead-link',
  'missing-image',
  'missing-code',
  'todo',
  'outdated',
  'reported',
] as const;
export const problemSchema = z.object({
  kind: z.enum(problemKinds),
  /** What is wrong, as a sentence. */
  message: z.string(),
  remedy: z.string(),
  line: z.number().int().nullable(),
  since: z.string(),
  /** What a reader said, where that is the problem. */
  report: z
    .object({
      id: z.string(),
      /** Address of its issue; null where none was opened. */
      issue: z.string().nullable(),
      /** Whoever asks owns the documentation, so it is theirs to close. */
      mine: z.boolean(),
    })
    .optional(),
});
export type DocProblem = z.infer<typeof problemSchema>;
export const pageSchema = z.object({
  ref: z.string(),
  /** Its address below the site. */
  page: z.string(),
  /** Of the file in the repository folder. */
  path: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()),
  /** Safe to show; links and images lead to the portal. */
  html: z.string(),
  headings: z.array(headingSchema),
  words: count,
  crumbs: z.array(pageLinkSchema.partial({ page: true })),
  previous: pageLinkSchema.nullable(),
  next: pageLinkSchema.nullable(),
  change: z
    .object({
      author: z.string(),
      at: z.string(),
      commit: z.string(),
      subject: z.string(),
      url: z.string().nullable(),
    })
    .nullable(),
  /** The file is not as it was committed. */
  edit: z.string().nullable().describe('Where it can be edited'),
  markdown: z.string().describe('Path of the page as Markdown'),
  problems: z.array(problemSchema),
  useful: z.object({ yes: count, no: count, mine: z.boolean().nullable() }),
});
export type DocPage = z.infer<typeof pageSchema>;

export const searchQuerySchema = z.object({
  q: z.string().trim().min(1).max(200),
  site: z.string().optional().describe('Ref of the entity whose documentation is searched; all when absent'),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
/** A piece of a text; what matches is marked. */
export const excerptSchema = z.array(z.object({ text: z.string(), match: z.boolean() }));
export const answerSchema = z.object({
  kind: z.enum(['page', 'api', 'entity', 'template', 'scorecard']),
  /** The entity that it is about or belongs to. */
  ref: z.string(),
  entity: z.string().describe('Title of that entity'),
  title: z.string(),
  /** Headings on the way to the passage. */
  trail: z.array(z.string()),
  excerpt: excerptSchema,
  /** Path in the portal, with the anchor of the passage. */
  href: z.string(),
  owner: partySchema.nullable(),
  mine: z.boolean(),
});
export type Answer = z.infer<typeof answerSchema>;
export const answersSchema = z.object({ items: z.array(answerSchema), indexing: z.boolean() });

export const problemsQuerySchema = z.object({
  owner: z.string().optional().describe('Ref of a group or user; `none` for what nobody owns'),
  kind: z.enum(problemKinds).optional(),
  site: z.string().optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const listedProblemSchema = problemSchema.extend({
  ref: z.string(),
  entity: z.string(),
  owner: partySchema.nullable(),
  page: z.string(),
  title: z.string(),
});
export type ListedProblem = z.infer<typeof listedProblemSchema>;
export const problemsSchema = z.object({
  items: z.array(listedProblemSchema),
  total: count,
  /** All that there are, whatever is asked for. */
  byKind: z.record(z.string(), count),
  byOwner: z.array(z.object({ owner: partySchema.nullable(), count })),
});

export const usefulBodySchema = z.object({
  useful: z.boolean().nullable().describe('Null takes the answer back'),
});
export const reportBodySchema = z.object({
  comment: z.string().trim().min(3).max(2000).describe('What is wrong'),
  selection: z.string().max(2000).optional().describe('The text that it is about'),
});
export const reportedSchema = z.object({
  /** Of the issue; null where no issue tracker is configured for the repository. */
  issue: z.string().nullable(),
  note: z.string(),
});

export const reportParamsSchema = z.object({ id: z.uuid() });

/** A search that found nothing: what should be written down, and by whom. */
export const gapSchema = z.object({
  id: z.string(),
  query: z.string(),
  /** The site in which it was searched; null for all. */
  site: z.string().nullable(),
  owner: partySchema.nullable(),
  searches: count,
  people: count,
  firstAt: z.string(),
  lastAt: z.string(),
  closed: z.object({ by: z.string(), at: z.string(), note: z.string() }).nullable(),
});
export type DocGap = z.infer<typeof gapSchema>;
export const gapsQuerySchema = z.object({
  owner: z.string().optional(),
  closed: z.stringbool().default(false),
});
export const gapsSchema = z.object({ items: z.array(gapSchema) });
export const gapParamsSchema = z.object({ id: z.uuid() });
export const gapBodySchema = z.object({
  q: z.string().trim().min(3).max(200),
  site: z.string().optional(),
});
/** Null where the search has an answer, or pages are still being read. */
export const notedGapSchema = z.object({ gap: gapSchema.nullable() });
export const gapChangeSchema = z.object({
  /** Who is to write it; a ref of a group or user. */
  owner: z.string().optional(),
  /** Why nothing is missing any more. */
  close: z.string().trim().min(3).max(500).optional(),
});

export const runbooksQuerySchema = z.object({
  alert: z.string().trim().min(1).max(200).describe('Name of the alert'),
  entity: z.string().optional().describe('Ref of the entity that it is about, where the alert says so'),
});
export const runbookSchema = z.object({
  /** The entity whose documentation it is part of. */
  ref: z.string(),
  entity: z.string(),
  title: z.string(),
  /** Path in the portal, or an address elsewhere. */
  href: z.string(),
  owner: partySchema.nullable(),
});
export type Runbook = z.infer<typeof runbookSchema>;
/** The likeliest first; none where nobody wrote one. */
export const runbooksSchema = z.object({ items: z.array(runbookSchema) });

/** As TechDocs stores it beside a site. */
export const techDocsSchema = z.object({
  site_name: z.string(),
  site_description: z.string().optional(),
  build_timestamp: z.number(),
  etag: z.string(),
  files: z.array(z.string()),
});
