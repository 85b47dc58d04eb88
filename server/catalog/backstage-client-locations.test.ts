/** Every method for locations and checks of the published client, against this server. */
import { expect, it } from 'vitest';
import { againstAPortal, collect, type Get, location, sent, target } from './client-test-support.ts';
import { locationEntity } from './locations.ts';
import { component, fill } from './test-support.ts';

againstAPortal((running) => {
  testRegistration(running);
  testLocationQueries(running);
  testChecks(running);
});

function testRegistration(running: Get): void {
  it('getEntityAncestors: up to the registered location', async () => {
    const { client, store } = running();
    await fill(store.db, [await locationEntity(location)]);
    const { rootEntityRef, items } = await client.getEntityAncestors({
      entityRef: 'component:default/service-00',
    });
    expect(rootEntityRef).toMatch(/^location:default\/generated-[0-9a-f]{40}$/);
    expect(items.map((item) => item.parentEntityRefs)).toEqual([[rootEntityRef], []]);
    expect(items[0]?.entity.metadata.name).toBe('service-00');
    const alone = await client.getEntityAncestors({ entityRef: 'group:default/team-a' });
    expect(alone.rootEntityRef).toBe('group:default/team-a');
  });

  it('addLocation: dry run stores nothing; then registers, once', async () => {
    const { client, server } = running();
    const tried = await client.addLocation({ target, dryRun: true });
    expect(tried).toMatchObject({ exists: false, location: { id: `url:${target}`, type: 'url', target } });
    expect(tried.entities.map(({ kind }) => kind)).toEqual(['Location', 'Component']);
    expect((await client.getLocations()).items).toEqual([]);
    const { location: added, entities } = await client.addLocation({ target });
    expect(entities).toEqual([]);
    expect(added.entityRef).toMatch(/^location:default\/generated-/);
    expect(await client.getEntityByRef(added.entityRef)).toMatchObject({ spec: { type: 'url', target } });
    expect((await client.addLocation({ target, dryRun: true })).exists).toBe(true);
    await expect(client.addLocation({ target })).rejects.toMatchObject({
      statusCode: 409,
      cause: { name: 'ConflictError' },
    });
    expect((await client.addLocation({ target, onConflict: 'refresh' })).location).toEqual(added);
    expect(server.refreshed).toContain(added.entityRef);
    await expect(client.addLocation({ target: 'https://none/', dryRun: true })).rejects.toThrow('502');
  });

  it('getLocationById, ByRef, ByEntity, updateLocation, removeLocationById', async () => {
    const { client } = running();
    const { location: added } = await client.addLocation({ target });
    expect(await client.getLocationById(added.id)).toEqual(added);
    expect(await client.getLocationById('none')).toBeUndefined();
    expect(await client.getLocationByRef(`url:${target}`)).toEqual(added);
    expect(await client.getLocationByEntity('component:default/service-00')).toEqual(added);
    expect(await client.getLocationByEntity('group:default/team-a')).toBeUndefined();
    const moved = await client.updateLocation(added.id, { target: `${target}?v=2` });
    expect(moved).toMatchObject({ id: added.id, target: `${target}?v=2` });
    await client.removeLocationById(added.id);
    await expect(client.removeLocationById(added.id)).rejects.toThrow('404');
  });
}

function testLocationQueries(running: Get): void {
  it('queryLocations, streamLocations', async () => {
    const { client } = running();
    for (const index of [1, 2, 3, 4, 5]) {
      await client.addLocation({ target: `https://host/${index}` });
    }
    const page = await client.queryLocations({ limit: 2, query: { target: { $hasPrefix: 'https://host' } } });
    expect([page.items.length, page.totalItems]).toEqual([2, 5]);
    const pages = await collect(client.streamLocations({ limit: 2 }));
    expect(new Set(pages.flat().map(({ target: found }) => found)).size).toBe(5);
  });

  it('validateEntity: good, bad, and another location than a url', async () => {
    const { client } = running();
    expect(await client.validateEntity(sent(component('good')), `url:${target}`)).toEqual({ valid: true });
    const bad = await client.validateEntity(sent(component('bad name')), `url:${target}`);
    expect(bad).toMatchObject({
      valid: false,
      errors: [{ name: 'InputError', message: expect.stringContaining('name') }],
    });
    expect((await client.validateEntity(sent(component('good')), 'file:/x')).valid).toBe(false);
  });
}

function testChecks(running: Get): void {
  it('analyzeLocation: what is there, or a draft', async () => {
    const { client, server } = running();
    const found = await client.analyzeLocation({ location });
    expect(found.generateEntities).toEqual([]);
    expect(found.existingEntityFiles).toMatchObject([
      { isRegistered: true, location, entity: { metadata: { name: 'brought' } } },
    ]);
    server.readable.set('url:https://example.com/org/new.app', []);
    const drafted = await client.analyzeLocation({
      location: { type: 'url', target: 'https://example.com/org/new.app' },
    });
    expect(drafted.existingEntityFiles).toEqual([]);
    expect(drafted.generateEntities[0]?.entity.metadata?.name).toBe('new.app');
    expect(drafted.generateEntities[0]?.fields).toContainEqual(
      expect.objectContaining({ field: 'spec.owner', state: 'needsUserInput' }),
    );
  });
}
