import { OPENAPI_MARK } from '../detectors/openapi.ts';
import { isFields } from '../reading/parse.ts';
import { readSpec, specFiles } from '../reading/specs.ts';
import { isBorrowed, MOST_READ } from './bounds.ts';
import type { FactCollector, Scope } from './collector.ts';
import { observation, withoutGaps } from './observation.ts';
import { type ApiProblem, judgeApi } from './openapi-rules.ts';
import { ownFiles } from './own-files.ts';
import { COUNT, TEXT } from './schema-parts.ts';

const MOST_PROBLEMS = 50;

export const apiLint: FactCollector = {
  name: 'apiLint',
  title: 'API lint',
  description:
    'What is wrong with the OpenAPI documents of the component: errors are what tools stumble over, warnings what readers miss.',
  schema: {
    type: 'object',
    required: ['files', 'errors', 'warnings', 'problems'],
    properties: {
      files: { ...COUNT, description: 'OpenAPI documents' },
      errors: COUNT,
      warnings: COUNT,
      problems: {
        type: 'array',
        maxItems: MOST_PROBLEMS,
        description: 'Errors first',
        items: {
          type: 'object',
          required: ['path', 'level', 'rule', 'message'],
          properties: {
            path: TEXT,
            line: { type: 'integer', minimum: 1 },
            level: { enum: ['error', 'warning'] },
            rule: { ...TEXT, description: '`info-title`, `operation-id-unique`, `ref-resolves`, …' },
            message: TEXT,
          },
        },
      },
    },
  },
  collect(scope) {
    const documents = documentsOf(scope);
    if (documents.length === 0) return undefined;
    const all = documents.flatMap(({ path, problems }) => problems.map((one) => ({ path, ...one })));
    const errors = all.filter(({ level }) => level === 'error');
    const warnings = all.filter(({ level }) => level === 'warning');
    const problems = [...errors, ...warnings].slice(0, MOST_PROBLEMS);
    const details = {
      files: documents.length,
      errors: errors.length,
      warnings: warnings.length,
      problems: problems.map(withoutGaps),
    };
    return observation(details, problems[0]?.path ?? documents[0]?.path, problems[0]?.line);
  },
};

interface Document {
  path: string;
  problems: ApiProblem[];
}

function documentsOf(scope: Scope): Document[] {
  const { tree } = scope;
  const own = new Set(ownFiles(scope));
  const seen = new Set<string>();
  return specFiles(tree)
    .filter((path) => own.has(path) && !isBorrowed(path))
    .slice(0, MOST_READ)
    .flatMap((path): Document[] => {
      const source = tree.read(path) ?? '';
      if (seen.has(source) || source.includes('{{') || !OPENAPI_MARK.test(source.slice(0, 4000))) return [];
      const api = readSpec(tree, path, OPENAPI_MARK, seen);
      if (!api) return [{ path, problems: [UNREADABLE] }];
      // What is left of a broken document has paths that are no map.
      if (api.paths !== undefined && !isFields(api.paths)) return [{ path, problems: [UNREADABLE] }];
      return isFields(api.paths ?? api.webhooks) ? [{ path, problems: judgeApi(api, source) }] : [];
    });
}

const UNREADABLE: ApiProblem = { level: 'error', rule: 'readable', message: 'The document can’t be read' };
