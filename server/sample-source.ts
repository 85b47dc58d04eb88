import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Integration, Source } from '#model/integration.ts';
import type { ConfiguredSource } from './sources/index.ts';

const files = join(import.meta.dirname, '../sample');

/** A release has none: what is for trying out is no part of what people run. */
export function hasSample(): boolean {
  return existsSync(files);
}

/** The estate that a start without any source shows: made into real repositories, then read like any other. */
export function sampleSource(git: Integration, dataDir: string): ConfiguredSource {
  const target = join(dataDir, 'sample');
  const source = git.create({ target }) as Source;
  return {
    id: 'sample',
    integration: 'git',
    title: 'Sample estate',
    target,
    promiseSeconds: 300,
    workDir: join(dataDir, 'sources', 'sample'),
    source: {
      ...source,
      async read(context) {
        const { makeEstate } = await import('../sample/make-estate.ts');
        await makeEstate(target, {
          now: context.now(),
          onRepository: (current, done, total) => context.progress({ current, done, total }),
        });
        return source.read(context);
      },
    },
  };
}
