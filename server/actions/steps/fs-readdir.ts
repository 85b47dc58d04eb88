import { join, relative } from 'node:path';
import { z } from 'zod';
import { defineStep } from '../define-step.ts';
import { type Entry, entriesOf, inside } from '../workspace.ts';

const item = z.object({
  name: z.string(),
  path: z.string().describe('From the workspace'),
  fullPath: z.string().describe('On the machine'),
});

export const fsReaddir = defineStep({
  id: 'fs:readdir',
  description: 'Lists files and folders of the workspace.',
  effect: 'none',
  input: z.object({ paths: z.array(z.string().min(1)), recursive: z.boolean().default(false) }),
  output: z.object({ files: z.array(item), folders: z.array(item) }),
  run: async ({ paths, recursive }, { workspace }) => {
    const root = await inside(workspace, '.');
    const found: { entry: Entry; fullPath: string }[] = [];
    for (const path of paths) {
      const folder = await inside(workspace, path);
      const entries = await entriesOf(folder);
      const wanted = entries.filter((entry) => recursive || !entry.path.includes('/'));
      found.push(...wanted.map((entry) => ({ entry, fullPath: join(folder, entry.path) })));
    }
    const items = (isWanted: (entry: Entry) => boolean) =>
      found
        .filter(({ entry }) => isWanted(entry))
        .map(({ entry, fullPath }) => {
          const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
          return { name, path: relative(root, fullPath), fullPath };
        });
    return {
      files: items(({ kind }) => kind !== 'folder'),
      folders: items(({ kind }) => kind === 'folder'),
    };
  },
});
