import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { listedDifferences, ruleDifferences } from './conformance-differences.ts';
import { backstageAccepts, backstageRelations } from './conformance-reference.ts';
import { readDescriptors } from './descriptor.ts';
import { createKindRegistry } from './kind-registry.ts';
import { substitutePlaceholders } from './placeholders.ts';
import { parseRef, refOf } from './ref.ts';
import { deriveRelations } from './relations.ts';
import { validateEntity } from './validate.ts';

const data = join(import.meta.dirname, '..', '..', 'shared', 'data');
const folders = ['real-catalogs', 'real-catalogs-history'];
const kinds = createKindRegistry();

interface Verdict {
  outcome: 'accepted' | 'rejected' | 'skipped';
  ref?: string;
  relations?: string[];
}

const readPlaceholder = async (kind: string) => (kind === 'json' || kind === 'yaml' ? '{"a": 1}' : 'text');

async function ourVerdicts(text: string): Promise<Verdict[]> {
  return Promise.all(
    readDescriptors(text).map(async ({ value, skipped }): Promise<Verdict> => {
      if (skipped) return { outcome: 'skipped' };
      if (!value) return { outcome: 'rejected' };
      const { entity } = validateEntity((await substitutePlaceholders(value, readPlaceholder)).entity, kinds);
      if (!entity) return { outcome: 'rejected' };
      const derived = deriveRelations(entity, kinds);
      if (derived.problems.some(({ level }) => level === 'error')) return { outcome: 'rejected' };
      const relations = derived.relations.map(({ type, targetRef }) => `${type} ${targetRef}`);
      return { outcome: 'accepted', ref: refOf(entity), relations };
    }),
  );
}

async function theirVerdicts(text: string): Promise<Verdict[]> {
  const documents = [...parseAllDocuments(text, { logLevel: 'error' })];
  return Promise.all(
    documents.map(async (document): Promise<Verdict> => {
      if (document.errors.length > 0) return { outcome: 'rejected' };
      const value: unknown = document.toJS();
      if (value === null) return { outcome: 'skipped' };
      if (typeof value !== 'object') return { outcome: 'rejected' };
      const { entity } = await substitutePlaceholders(value, readPlaceholder);
      const accepted = await backstageAccepts(entity);
      if (!accepted) return { outcome: 'rejected' };
      const relations = backstageRelations(accepted);
      if (!relations) return { outcome: 'rejected' };
      return { outcome: 'accepted', ref: stringifyEntityRef(accepted), relations };
    }),
  );
}

async function findDifferences(): Promise<{ documents: number; differences: Record<string, string> }> {
  const differences: Record<string, string> = {};
  let documents = 0;
  for (const folder of folders) {
    for (const file of readdirSync(join(data, folder)).sort()) {
      const text = readFileSync(join(data, folder, file), 'utf8');
      const [ours, theirs] = await Promise.all([ourVerdicts(text), theirVerdicts(text)]);
      if (ours.length !== theirs.length) differences[file] = `${theirs.length} documents -> ${ours.length}`;
      documents += theirs.length;
      theirs.forEach((verdict, index) => {
        const mine = ours[index];
        if (mine && JSON.stringify(mine) !== JSON.stringify(verdict)) {
          const same = mine.outcome === verdict.outcome;
          differences[`${file}#${index}`] = same ? 'relations' : `${verdict.outcome} -> ${mine.outcome}`;
        }
      });
    }
  }
  return { documents, differences };
}

describe('Backstage and Atrium agree', () => {
  it('on every document of the collected catalogs but the listed ones', async (context) => {
    const missing = folders.find((folder) => !existsSync(join(data, folder)));
    if (missing) return context.skip(`the collected catalogs are not here: ${join(data, missing)}`);
    const { documents, differences } = await findDifferences();
    expect(documents).toBeGreaterThan(100);
    expect(differences).toEqual(listedDifferences);
  });

  it.each(ruleDifferences)('but not where $title', async ({ entity, theirs, ours }) => {
    expect((await backstageAccepts(entity)) ? 'accepted' : 'rejected').toBe(theirs);
    expect(validateEntity(entity, kinds).entity ? 'accepted' : 'rejected').toBe(ours);
  });

  it('but not where a field names a kind that it may not name: we leave it out and say so', async () => {
    const entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name: 'a' },
      spec: { type: 'service', lifecycle: 'production', owner: 'team-a', system: 'component:b' },
    };
    expect(backstageRelations(entity)).toContain('partOf component:default/b');
    const { relations, problems } = deriveRelations(entity, kinds);
    expect(relations).toEqual([{ type: 'ownedBy', targetRef: 'group:default/team-a', reverse: 'ownerOf' }]);
    expect(problems).toMatchObject([{ level: 'warning', field: 'spec.system' }]);
  });

  const texts = [
    'a',
    'k:a',
    'n/a',
    'k:n/a',
    'K:N/A',
    'a/b:c',
    'a:b:c',
    'k:n/a/b',
    ':a',
    'a:',
    'k:/a',
    '/a',
    'n/',
    '',
  ];
  it.each(texts)('on the ref %j', (text) => {
    const theirs = attempt(() => parseEntityRef(text, { defaultKind: 'Group', defaultNamespace: 'pay' }));
    const ours = attempt(() => parseRef(text, { kind: 'Group', namespace: 'pay' }));
    expect(ours).toEqual(theirs);
  });

  it.each(texts)('on the ref %j without a default kind', (text) => {
    expect(attempt(() => parseRef(text))).toEqual(attempt(() => parseEntityRef(text)));
  });
});

function attempt(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return 'rejected';
  }
}
