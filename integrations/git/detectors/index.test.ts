import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { detectors } from './index.ts';

describe('the registry of detectors', () => {
  it('holds every detector of the folder, and each is tested', () => {
    const files = readdirSync(import.meta.dirname);
    const sources = files.filter(
      (file) => file.endsWith('.ts') && !file.includes('.test') && file !== 'index.ts',
    );
    expect(detectors.map(({ id }) => `${id}.ts`).sort()).toEqual(sources.sort());
    expect(sources.filter((file) => !files.includes(file.replace('.ts', '.test.ts')))).toEqual([]);
  });
});
