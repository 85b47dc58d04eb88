/** The published client of the Backstage catalog before a server, with a small catalog in it. */
import { CatalogClient } from '@backstage/catalog-client';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { annotations, type Entity } from '#model/entity.ts';
import type { Store } from '#server/kernel/store/store.ts';
import { openTestStore } from '#tools/test-store.ts';
import type { CatalogTables } from './tables.ts';
import { clear, component, fill, startServer, type TestServer } from './test-support.ts';

export const target = 'https://example.com/org/repo/blob/main/catalog-info.yaml';
export const location = { type: 'url', target };
export const origin = {
  [annotations.managedBy]: `url:${target}`,
  [annotations.managedByOrigin]: `url:${target}`,
};

export const group: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'team-a', namespace: 'default' },
  spec: { type: 'team', children: [] },
};
export const services = Array.from({ length: 25 }, (_, index) =>
  component(`service-${String(index).padStart(2, '0')}`, {
    metadata: { tags: index % 2 === 0 ? ['java'] : ['go'], annotations: origin, title: `Service ${index}` },
    spec: { type: index % 5 === 0 ? 'website' : 'service' },
  }),
);
export interface Running {
  client: CatalogClient;
  server: TestServer;
  store: Store<CatalogTables>;
}
/** Set anew for each store, and read by the tests when they run. */
export type Get = () => Running;

export const names = (items: ({ metadata: { name: string } } | undefined)[]) =>
  items.map((item) => item?.metadata.name);

export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) {
    all.push(page);
  }
  return all;
}

/** The client's own type of an entity differs in what may be undefined; what is sent is the same. */
export function sent(entity: Entity): Parameters<CatalogClient['validateEntity']>[0] {
  return JSON.parse(JSON.stringify(entity));
}

export function againstAPortal(define: (running: Get) => void): void {
  describe('CatalogClient against a running portal', () => {
    let store: Store<CatalogTables>;
    let server: TestServer;
    let client: CatalogClient;
    const running = () => ({ client, server, store });

    beforeAll(async () => {
      store = await openTestStore();
      server = await startServer(store.db);
      client = new CatalogClient({ discoveryApi: { getBaseUrl: async () => `${server.url}/api/catalog` } });
    }, 60_000);
    beforeEach(async () => {
      await clear(store.db);
      await fill(store.db, [group, ...services]);
      server.cache.invalidate('all');
      server.readable.clear();
      server.readable.set(`url:${target}`, [component('brought', { metadata: { annotations: origin } })]);
    });
    afterAll(async () => {
      await server?.app.close();
      await store?.close();
    });
    define(running);
  });
}
