import { afterEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { catalogWrite } from './catalog-write.ts';
import { removeFolders, runStep } from './step.test-helper.ts';

afterEach(removeFolders);

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'shop', tags: ['a'] },
};

it('writes a descriptor', async () => {
  const { files, log } = await runStep(catalogWrite, { entity }, { files: { 'catalog-info.yaml': 'old' } });
  expect(parse(files['catalog-info.yaml'] ?? '')).toEqual(entity);
  expect(log).toEqual(['catalog-info.yaml written']);
});

it('writes it where it is told to', async () => {
  const { files } = await runStep(catalogWrite, { entity, filePath: 'a/b.yaml' });
  expect(Object.keys(files)).toEqual(['a/b.yaml']);
});

it.each([
  [{ entity: 'text' }, 'entity'],
  [{}, 'entity'],
  [{ entity, filePath: '../x' }, 'not within the workspace'],
])('refuses %j', async (input, message) => {
  await expect(runStep(catalogWrite, input)).rejects.toThrow(message);
});
