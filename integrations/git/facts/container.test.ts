import { describe, expect, it } from 'vitest';
import { container } from './container.ts';
import { readInstructions } from './dockerfile-stages.ts';
import { observe } from './scope.test-helper.ts';

const braced = (name: string) => `\${${name}}`;
const judged = (source: string) => observe(container, { Dockerfile: source })?.value;
const rules = (source: string) =>
  ((judged(source)?.problems ?? []) as { rule: string; line: number }[]).map(
    ({ rule, line }) => `${rule}:${line}`,
  );

const GOOD =
  'FROM node:24.1 AS build\nRUN npm ci\nFROM node:24.1-slim\nUSER node\nHEALTHCHECK CMD curl -f localhost\n';

it('finds nothing wrong with a good one', () => {
  expect(observe(container, { Dockerfile: GOOD })).toEqual({
    value: { files: 1, nonRoot: true, pinnedBase: true, healthcheck: true, problems: [] },
    path: 'Dockerfile',
  });
});

it('says nothing without one', () => {
  expect(observe(container, { 'docker-compose.yml': '', Dockerfile: '# nothing' })).toBeUndefined();
  expect(
    observe(container, {
      'Dockerfile.dev': 'FROM a',
      'test/Dockerfile': 'FROM a',
      'Dockerfile.j2': 'FROM a',
    }),
  ).toBeUndefined();
});

it.each([
  ['FROM a:1\nUSER app', true],
  ['FROM a:1\nUSER 1000:0', true],
  ['FROM a:1\nUSER $APP_UID', true],
  ['FROM a:1\nARG WHO=root\nUSER $WHO', false],
  ['FROM a:1', false],
  ['FROM a:1\nUSER app\nUSER root', false],
  ['FROM a:1\nUSER 0', false],
  ['FROM a:1 AS base\nUSER app\nFROM base', true],
  ['FROM a:1 AS base\nUSER app\nFROM a:1', false],
  ['FROM gcr.io/distroless/static:nonroot', true],
])('sees as whom it runs: %j', (source, nonRoot) => {
  expect(judged(source)?.nonRoot).toBe(nonRoot);
});

it.each([
  ['FROM node', false],
  ['FROM node:latest', false],
  ['FROM registry:5000/node', false],
  ['FROM --platform=$BUILDPLATFORM node:24', true],
  ['FROM node@sha256:abc', true],
  ['FROM scratch', true],
  [`ARG TAG=24\nFROM node:${braced('TAG')}`, true],
  ['ARG IMAGE=node\nFROM $IMAGE', false],
  [`FROM ${braced('IMAGE:-node')}`, false],
  ['FROM $GIVEN_BY_THE_BUILD', true],
  ['FROM a:1 AS Build\nFROM build', true],
])('sees whether the base is pinned: %j', (source, pinnedBase) => {
  expect(judged(source)?.pinnedBase).toBe(pinnedBase);
});

it('sees what is done badly, and where', () => {
  const source = [
    'FROM debian:12 AS build',
    'ADD https://example.org/a.tar.gz /a',
    'ADD --checksum=sha256:00 https://example.org/a.tar.gz /a',
    'RUN set -e; \\',
    '    # why not',
    '    curl -fsSL https://example.org/install.sh | sudo bash -',
    'RUN curl -o x https://example.org/x && sha256sum -c x.sum | grep sh',
    'RUN apt-get update && apt-get install curl',
    'RUN apt-get install -yq --no-install-recommends curl',
    'ENV DB_PASSWORD=hunter22 TOKEN_URL=https://x API_KEY=$KEY',
    'ARG GITHUB_TOKEN',
    'USER app',
  ].join('\n');
  expect(rules(source)).toEqual([
    'add-url:2',
    'pipe-to-shell:4',
    'no-secret:10',
    'apt-yes:8',
    'apt-recommends:8',
  ]);
  expect(JSON.stringify(judged(source))).not.toContain('hunter22');
});

it('counts a check that is switched off as none', () => {
  expect(judged('FROM a:1\nHEALTHCHECK NONE')?.healthcheck).toBe(false);
  expect(judged('FROM a:1 AS b\nHEALTHCHECK CMD x\nFROM b')?.healthcheck).toBe(true);
});

it('judges all files of the component together', () => {
  const files = { Dockerfile: GOOD, 'worker.Dockerfile': 'FROM a', 'api/Dockerfile': 'FROM b' };
  expect(observe(container, files, { others: ['api'] })).toMatchObject({
    value: { files: 2, nonRoot: false, pinnedBase: false },
    path: 'worker.Dockerfile',
    line: 1,
  });
});

describe('readInstructions', () => {
  it('puts continued lines and heredocs together', () => {
    const source =
      '# syntax=x\nfrom a\nRUN one \\\n\n  # comment\n  two\nRUN <<EOF\nUSER root\nEOF\nCOPY a b\n';
    expect(readInstructions(source)).toEqual([
      { keyword: 'FROM', args: 'a', line: 2 },
      { keyword: 'RUN', args: 'one  two', line: 3 },
      { keyword: 'RUN', args: '<<EOF\nUSER root\nEOF', line: 7 },
      { keyword: 'COPY', args: 'a b', line: 10 },
    ]);
    expect(readInstructions('# escape=`\nRUN a `\n  b\\')).toEqual([
      { keyword: 'RUN', args: 'a  b\\', line: 2 },
    ]);
  });
});

describe('workloads that run the image', () => {
  const rooted = 'FROM a:1';
  const pod = (image: string, security: string, own = '') =>
    `kind: Deployment\nmetadata: { name: ${image} }\nspec:\n  template:\n    spec:\n      securityContext: ${security}\n      containers:\n        - image: shop/${image}:1\n          securityContext: { ${own} }\n`;
  const nonRoot = (files: Record<string, string>, folder = '') =>
    observe(
      container,
      { [folder === '' ? 'Dockerfile' : `${folder}/Dockerfile`]: rooted, ...files },
      { folder },
    )?.value;

  it.each([
    ['{ runAsNonRoot: true }', '', true],
    ['{ runAsUser: 1000 }', '', true],
    ['{ runAsUser: 0 }', '', false],
    ['{}', 'runAsNonRoot: true', true],
    ['{ runAsNonRoot: true, runAsUser: 1000 }', 'runAsUser: 0', false],
    ['{ fsGroup: 1000 }', '', false],
  ])('says as whom it runs there: %s, container %s', (security, own, expected) => {
    expect(nonRoot({ 'k8s/cart.yaml': pod('cart', security, own) })?.nonRoot).toBe(expected);
  });

  it('counts only where every one of them says so, and keeps what the Dockerfile lacks as a warning', () => {
    const safe = pod('cart', '{ runAsNonRoot: true }');
    const both = { 'k8s/a.yaml': safe, 'k8s/b.yaml': pod('cart', '{}') };
    expect(nonRoot(both, 'src/cart')?.nonRoot).toBe(false);
    const other = { 'k8s/a.yaml': safe, 'k8s/b.yaml': pod('shop', '{}') };
    expect(nonRoot(other, 'src/cart')).toMatchObject({
      nonRoot: true,
      problems: [{ rule: 'non-root', level: 'warning' }],
    });
    expect(nonRoot(other, 'src/web')?.nonRoot).toBe(false);
  });

  it('believes its own manifests before those of variants elsewhere', () => {
    const own = { 'src/cart/k8s/cart.yaml': pod('cart', '{ runAsUser: 10 }') };
    const variant = { 'extras/demo/cart.yaml': pod('cart', '{}') };
    expect(nonRoot({ ...own, ...variant }, 'src/cart')?.nonRoot).toBe(true);
    expect(nonRoot(variant, 'src/cart')?.nonRoot).toBe(false);
  });

  it('takes no patch and no database for a workload of it', () => {
    const patch =
      'kind: Deployment\nmetadata: { name: cart }\nspec: { template: { spec: { containers: [{ name: a }] } } }\n';
    const database = pod('cart', '{}').replace('shop/cart', 'postgres');
    const safe = pod('cart', '{ runAsUser: 10 }');
    expect(nonRoot({ 'k8s/a.yaml': `${safe}---\n${patch}---\n${database}` })?.nonRoot).toBe(true);
  });

  it('goes by templates where there is nothing else', () => {
    const template = 'name: {{ .Values.name }}\nsecurityContext:\n  runAsNonRoot: true\ncontainers: []\n';
    expect(nonRoot({ 'charts/cart/templates/d.yaml': template }, 'src/cart')?.nonRoot).toBe(true);
    expect(nonRoot({ 'charts/web/templates/d.yaml': template }, 'src/cart')?.nonRoot).toBe(false);
    const plain = { 'charts/cart/templates/d.yaml': template, 'k8s/cart.yaml': pod('cart', '{}') };
    expect(nonRoot(plain, 'src/cart')?.nonRoot).toBe(false);
  });
});
