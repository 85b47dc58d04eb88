import { describe, expect, it } from 'vitest';
import { compose } from './compose.ts';
import { treeOf } from './tree-of.test-helper.ts';

const file = `services:
  cart:
    build: ./cart
    depends_on: [db]
    environment:
      - USERS_URL=http://users:8080
  db: { image: 'postgres:16' }
  web:
    image: \${PREFIX}/web
    depends_on: { cart: { condition: service_healthy } }
  dash: { build: ./dash }
`;

describe('compose', () => {
  const tree = treeOf({
    '.env': 'PREFIX=acme\n',
    'docker-compose.yml': file,
    'cart/Dockerfile': 'FROM node',
    'cart/index.js': '',
    'dash/Dockerfile': 'FROM grafana/grafana',
  });
  const found = compose.detect(tree);

  it('tells what is built here from what only runs', () => {
    expect(found).toContainEqual(
      expect.objectContaining({ what: 'component', folder: 'cart', name: 'cart' }),
    );
    expect(found).toContainEqual(expect.objectContaining({ what: 'resource', name: 'db', type: 'database' }));
    expect(found).toContainEqual(
      expect.objectContaining({ what: 'resource', name: 'web', aliases: ['image:web'] }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ what: 'resource', name: 'dash', type: 'observability', aliases: ['dash'] }),
    );
  });

  it('follows depends_on and addresses', () => {
    const edges = found.flatMap((one) =>
      one.what === 'dependency' && 'name' in one.from ? [`${one.from.name} ${one.to}`] : [],
    );
    expect(edges).toEqual(['cart db', 'cart users', 'web cart']);
  });

  it('finds nothing in a broken file or one for tests', () => {
    expect(
      compose.detect(treeOf({ 'compose.yaml': 'services: [', 'docker-compose.test.yml': file })),
    ).toEqual([]);
  });
});
