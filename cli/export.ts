import { parseArgs } from 'node:util';
import type { Entity } from '#model/entity.ts';
import { toDescriptorYaml } from '#model/to-yaml.ts';
import { ask, portalOf, portalOptions } from './client.ts';

/** Prints the entities of a running portal as descriptors, so that they can move elsewhere. */
export async function exportCatalog(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      json: { type: 'boolean' },
      filter: { type: 'string' },
      ...portalOptions,
    },
  });
  const filter = values.filter ? `?filter=${encodeURIComponent(values.filter)}` : '';
  const entities = await ask<Entity[]>(portalOf(values), `/api/catalog/entities${filter}`);
  console.log(values.json ? JSON.stringify(entities, null, 2) : entities.map(asDescriptor).join('---\n'));
  return 0;
}

/** Without what the catalog adds by itself. */
function asDescriptor({ apiVersion, kind, metadata, spec }: Entity): string {
  const { uid: _uid, etag: _etag, ...written } = metadata;
  return toDescriptorYaml({ apiVersion, kind, metadata: written, ...(spec ? { spec } : {}) });
}
