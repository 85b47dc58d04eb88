import { describe, expect, it } from 'vitest';
import { anchorOf, filterGroups } from './model.ts';
import { readDefinition } from './read.ts';

const openapi = `
openapi: 3.1.0
info: { title: Orders, version: 1.2.0 }
servers: [{ url: https://api.example.com }]
tags: [{ name: orders, description: All about orders }]
paths:
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string, format: uuid } }
    get:
      operationId: getOrder
      tags: [orders]
      summary: One order
      responses:
        '200': { description: Found, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
        '404': { description: Not there }
    delete:
      deprecated: true
      responses: { '204': { description: Gone } }
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: string }
        parent: { $ref: '#/components/schemas/Order' }
        lines: { type: array, items: { type: object, properties: { sku: { type: string } } } }
`;

describe('OpenAPI', () => {
  it('groups operations by tag, with parameters of the path', async () => {
    const reference = await readDefinition('openapi', openapi);
    expect(reference).toMatchObject({
      title: 'Orders',
      version: '1.2.0',
      servers: ['https://api.example.com'],
    });
    expect(reference.groups.map((group) => group.name)).toEqual(['orders', 'Operations']);
    const [get] = reference.groups[0]?.operations ?? [];
    expect(get).toMatchObject({ id: 'getorder', verb: 'GET', name: '/orders/{id}', summary: 'One order' });
    expect(get?.parameters).toMatchObject([{ name: 'id', required: true, notes: ['path', 'format uuid'] }]);
    expect(get?.responses.map((response) => response.label)).toEqual(['200 · application/json', '404']);
    expect(reference.groups[1]?.operations[0]).toMatchObject({ verb: 'DELETE', deprecated: true });
  });

  it('opens a recursive schema as deep as one asks', async () => {
    const reference = await readDefinition('openapi', openapi);
    const schema = reference.groups[0]?.operations[0]?.responses[0]?.schema;
    expect(schema?.type).toBe('Order');
    const fields = schema?.children?.() ?? [];
    expect(fields.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['id', 'string', true],
      ['parent', 'Order', false],
      ['lines', 'list of object', false],
    ]);
    expect(fields[1]?.children?.()[1]?.children?.()[0]?.name).toBe('id');
    expect(fields[2]?.children?.()[0]?.name).toBe('sku');
  });

  it('reads Swagger 2 bodies and hosts', async () => {
    const reference = await readDefinition(
      'openapi',
      '{"swagger":"2.0","info":{"title":"Old"},"host":"h.example","basePath":"/v1","paths":{"/a":{"post":{"parameters":[{"in":"body","name":"b","schema":{"type":"object"}}],"responses":{"200":{"description":"ok","schema":{"type":"string"}}}}}}}',
    );
    expect(reference.servers).toEqual(['https://h.example/v1']);
    expect(reference.groups[0]?.operations[0]).toMatchObject({
      parameters: [],
      request: [{ label: 'body' }],
      responses: [{ label: '200' }],
    });
  });
});

describe('AsyncAPI', () => {
  it('reads version 3', async () => {
    const reference = await readDefinition(
      'asyncapi',
      `asyncapi: 3.0.0
info: { title: Events, version: '1' }
channels:
  placed: { address: orders.placed, messages: { OrderPlaced: { payload: { type: object, properties: { id: { type: string } } } } } }
operations:
  onPlaced: { action: receive, summary: An order came in, channel: { $ref: '#/channels/placed' } }`,
    );
    const [operation] = reference.groups[0]?.operations ?? [];
    expect(operation).toMatchObject({ verb: 'RECEIVE', name: 'orders.placed', summary: 'An order came in' });
    expect(operation?.request[0]?.schema?.children?.()[0]?.name).toBe('id');
  });

  it('reads version 2', async () => {
    const reference = await readDefinition(
      'asyncapi',
      'asyncapi: 2.6.0\ninfo: {title: E}\nchannels:\n  a.b:\n    subscribe:\n      message: {name: M, payload: {type: string}}',
    );
    expect(reference.groups[0]?.operations[0]).toMatchObject({
      verb: 'SUBSCRIBE',
      name: 'a.b',
      request: [{ label: 'M' }],
    });
  });
});

it('reads GraphQL', async () => {
  const reference = await readDefinition(
    'graphql',
    'type Query { "Finds a cat" cat(id: ID!): Cat old: Int @deprecated } enum Mood { GOOD BAD } type Cat { name: String! friends: [Cat!] mood: Mood }',
  );
  const [cat, old] = reference.groups[0]?.operations ?? [];
  expect(cat).toMatchObject({
    verb: 'QUERY',
    name: 'cat',
    summary: 'Finds a cat',
    parameters: [{ name: 'id', type: 'ID!', required: true }],
  });
  expect(old?.deprecated).toBe(true);
  const fields = cat?.responses[0]?.schema?.children?.() ?? [];
  expect(fields.map((field) => field.type)).toEqual(['String!', '[Cat!]', 'Mood']);
  expect(fields[2]?.notes).toEqual(['one of GOOD, BAD']);
});

it('reads protobuf', async () => {
  const reference = await readDefinition(
    'grpc',
    `syntax = "proto3"; package shop.v1;
message Item { string sku = 1; repeated Item parts = 2; }
message Ask { string id = 1; }
// Knows the stock.
service Stock { rpc Get (Ask) returns (Item); rpc Watch (Ask) returns (stream Item); }`,
  );
  expect(reference.title).toBe('shop.v1');
  const [get, watch] = reference.groups[0]?.operations ?? [];
  expect(get).toMatchObject({ id: 'stock-get', verb: 'RPC', request: [{ label: 'Ask' }] });
  expect(watch).toMatchObject({ verb: 'STREAM', responses: [{ label: 'stream of Item' }] });
  const parts = get?.responses[0]?.schema?.children?.()[1];
  expect(parts).toMatchObject({ name: 'parts', type: 'list of Item' });
});

it.each([
  ['openapi', 'just words'],
  ['openapi', 'a: [1'],
  ['graphql', 'type {'],
  ['grpc', 'syntax = "proto3"; message {'],
])('says what is wrong with an unreadable %s document', async (type, definition) => {
  await expect(readDefinition(type, definition)).rejects.toThrow(Error);
});

it('survives documents of the wrong shape', async () => {
  const reference = await readDefinition(
    'openapi',
    'openapi: 3.0.0\npaths: {/a: {get: {parameters: 4, responses: [x]}}}\ntags: no',
  );
  expect(reference.groups[0]?.operations[0]?.name).toBe('/a');
});

it('filters by every word', async () => {
  const { groups } = await readDefinition('openapi', openapi);
  expect(filterGroups(groups, 'get orders').flatMap((group) => group.operations)).toHaveLength(1);
  expect(filterGroups(groups, 'nothing')).toEqual([]);
  expect(anchorOf('get', '/orders/{id}')).toBe('get-orders-id');
});
