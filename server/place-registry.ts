/** How step actions register places of the catalog, and take back what they registered. */
import type { Kysely } from 'kysely';
import { refOf } from '#model/ref.ts';
import type { Registry } from './actions/index.ts';
import {
  addLocation,
  type CatalogTables,
  createLocationStore,
  removeLocation,
  tryLocation,
} from './catalog/index.ts';
import type { registeredLocations } from './registered-locations.ts';

export interface PlaceRegistryDeps {
  db: Kysely<CatalogTables>;
  locations: ReturnType<typeof registeredLocations>;
  now: () => Date;
}

export function placeRegistry({ db, locations, now }: PlaceRegistryDeps): Registry {
  const store = createLocationStore(db, now);
  return {
    async register(target, key) {
      const location = { type: 'url', target };
      const { entities } = await tryLocation(locations, store, location);
      await addLocation(locations, store, location, { onConflict: 'refresh', madeBy: key });
      return entities.map(refOf);
    },
    refresh: (ref) => locations.refresh(ref),
    async unregister(target, key) {
      const location = await store.find({ type: 'url', target });
      if (!location) return 'gone';
      if (!(await store.isMadeBy(location.id, key))) return 'of-others';
      await removeLocation(locations, store, location);
      return 'removed';
    },
  };
}
