import { describe, expect, it } from 'vitest';
import { assembleTree, resolveDependencies } from './assemble.ts';
import type { Detector } from './detector.ts';
import { treeOf } from './detectors/tree-of.test-helper.ts';

const deployment = (name: string, image: string, env = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec: { template: { spec: { containers: [{ image: '${image}', env: [${env}] }] } } }
`;

const shop = treeOf(
  {
    '.github/CODEOWNERS': '* @acme/all\n/src/cart/ @acme/cart\n',
    '.github/workflows/cart.yml': 'name: Cart\non: { push: { paths: ["src/cart/**"] } }\njobs: { a: {} }\n',
    'k8s/cart.yaml': `${deployment('cartservice', 'cartservice', "{ name: REDIS_ADDR, value: 'redis-cart:6379' }")}---\n${deployment('redis-cart', 'redis:7')}`,
    'k8s/web.yaml': deployment(
      'frontend',
      'acme/shop-frontend:1',
      "{ name: CART_ADDR, value: 'cartservice:7070' }",
    ),
    'release/all.yaml': deployment('cartservice', 'acme/cartservice:2') + deployment('gone', 'busybox'),
    'protos/shop.proto': 'syntax = "proto3"; package shop;\nservice CartService {}\n',
    'src/cart/src/cart.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>',
    'src/cart/src/Dockerfile': 'FROM mcr.microsoft.com/dotnet/aspnet',
    'src/cart/src/Cart.cs': 'class Cart : CartService.CartServiceBase {}',
    'src/cart/src/protos/shop.proto': 'syntax = "proto3"; package shop;\nservice CartService {}\n',
    'src/cart/tests/cart.tests.csproj': '<Project Sdk="Microsoft.NET.Sdk"></Project>',
    'src/frontend/go.mod': 'module example.com/shop/frontend\n',
    'src/frontend/main.go': 'package main\nfunc main() { pb.NewCartServiceClient(conn) }\n',
    'src/frontend/templates/home.html': '',
    'src/frontend/static/home.css': '',
    'package.json': '{"name":"shop","private":true,"devDependencies":{"prettier":"3"}}',
    'scripts/release.js': '',
    'examples/app/package.json': '{"name":"app","dependencies":{"express":"5"}}',
    'examples/app/index.js': '',
  },
  'shop',
);

describe('assembleTree', () => {
  const inventory = assembleTree(shop);

  it('makes one component of all that speaks of one folder, under its run-time name', () => {
    expect(inventory.components).toMatchObject([
      { name: 'cartservice', folder: 'src/cart', type: 'service', language: 'C#', provides: ['shop'] },
      { name: 'frontend', folder: 'src/frontend', type: 'website', language: 'Go', consumes: ['shop'] },
    ]);
  });

  it('gives each its owners and pipelines', () => {
    const [cart, web] = inventory.components;
    expect(cart?.owners).toMatchObject({ names: ['@acme/cart'], confidence: 'found', place: { line: 2 } });
    expect(web?.owners?.names).toEqual(['@acme/all']);
    expect(cart?.ci).toMatchObject([{ name: 'Cart' }]);
    expect(web?.ci).toEqual([]);
  });

  it('keeps products that only run as resources, once', () => {
    expect(inventory.resources).toMatchObject([{ name: 'redis-cart', type: 'cache' }]);
  });

  it('keeps one API of a definition and its copy', () => {
    expect(inventory.apis).toMatchObject([{ name: 'shop', services: ['CartService'], folder: 'protos' }]);
  });

  it('knows no owner where nothing says so', () => {
    const tree = treeOf({ 'a/package.json': '{"name":"a"}', 'a/index.js': '' });
    expect(assembleTree(tree).components).toMatchObject([{ name: 'a', owners: undefined }]);
  });

  it('survives a detector that throws', () => {
    const broken: Detector = {
      id: 'broken',
      detect: () => {
        throw new Error('no');
      },
    };
    expect(assembleTree(shop, [broken])).toMatchObject({ repository: 'shop', components: [] });
  });

  it('makes names valid and tells equal ones apart', () => {
    const manifest = '{"name":"@acme/my app!","scripts":{"start":"x"}}';
    const tree = treeOf({
      'x/app/package.json': manifest,
      'x/app/a.js': '',
      'y/app/package.json': manifest,
      'y/app/a.js': '',
    });
    const names = assembleTree(tree).components.map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^([A-Za-z0-9][-A-Za-z0-9_.]{0,61})?[A-Za-z0-9]$/);
  });

  it('leaves a program that runs under several names its own', () => {
    const tree = treeOf(
      {
        'go.mod': 'module example.com/pod\n',
        'main.go': 'package main\n',
        'deploy/front.yaml': deployment('front', 'ghcr.io/acme/pod:1'),
        'deploy/back.yaml': deployment('back', 'ghcr.io/acme/pod:1'),
      },
      'pod',
    );
    expect(assembleTree(tree)).toMatchObject({
      components: [{ name: 'pod', aliases: expect.arrayContaining(['front', 'back']) }],
      resources: [],
    });
  });
});

describe('resolveDependencies', () => {
  const edges = (...trees: Parameters<typeof assembleTree>[0][]) =>
    resolveDependencies(trees.map((tree) => assembleTree(tree))).map(
      ({ from, to }) => `${from.repository}/${from.name} -> ${to.what} ${to.repository}/${to.name}`,
    );

  it('follows settings and generated clients within a repository', () => {
    expect(edges(shop).sort()).toEqual([
      'shop/cartservice -> resource shop/redis-cart',
      'shop/frontend -> api shop/shop',
      'shop/frontend -> component shop/cartservice',
    ]);
  });

  it('finds names across the estate and packages only by their ecosystem', () => {
    const web = treeOf(
      {
        'package.json': '{"name":"web","dependencies":{"express":"5","@acme/ui":"1","redis":"5"}}',
        'a.js': 'fetch("http://orders/x")',
      },
      'web',
    );
    const ui = treeOf({ 'package.json': '{"name":"@acme/ui","exports":"./a.js"}', 'a.js': '' }, 'ui');
    const orders = treeOf(
      {
        'go.mod': 'module m/orders\n',
        'main.go': 'package main\n',
        'compose.yaml': 'services: { redis: { image: redis } }',
      },
      'orders',
    );
    expect(edges(web, ui, orders)).toEqual([
      'web/web -> component ui/ui',
      'web/web -> component orders/orders',
    ]);
  });

  it('resolves nothing where two have the same claim to a name', () => {
    const api = (name: string) => treeOf({ 'go.mod': 'module m/api\n', 'main.go': 'package main\n' }, name);
    const web = treeOf(
      { 'package.json': '{"name":"web","scripts":{"start":"x"}}', 'a.js': '"http://api/"' },
      'web',
    );
    expect(edges(web, api('one'), api('two'))).toEqual([]);
  });
});
