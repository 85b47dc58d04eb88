/** Repositories that are made to harm whoever reads them, each beside a healthy one that must still be read. */
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  api,
  type Collector,
  component,
  gitIn,
  location,
  newFolder,
  newRepository,
  readOnce as read,
  removeFolders,
  write,
} from './source.test-helper.ts';

afterEach(removeFolders);

const HEALTHY = 'component:default/healthy';

interface Hostile {
  /** Done before, and after, the files are committed. */
  more?: (folder: string, top: string) => void;
  after?: (folder: string, top: string) => void;
  discovery?: boolean;
}

/** Reads a folder with a hostile repository and a healthy one. */
async function readBeside(
  files: Record<string, string>,
  { more, after, discovery = false }: Hostile = {},
): Promise<Collector> {
  const top = newFolder();
  newRepository(join(top, 'healthy'), {
    'catalog-info.yaml': component('healthy'),
    'package.json': '{"name":"healthy"}',
  });
  const folder = join(top, 'hostile');
  mkdirSync(folder);
  gitIn(folder, 'init', '--quiet');
  write(folder, { 'README.md': 'x', ...files });
  more?.(folder, top);
  gitIn(folder, 'add', '--all');
  gitIn(folder, 'commit', '--quiet', '--message', 'x');
  after?.(folder, top);
  const { collector } = await read({ target: top, discovery });
  expect(collector.refs).toContain(HEALTHY);
  return collector;
}

function errors(collector: Collector): string[] {
  const inside = collector.contributions.flatMap(({ problems }) => problems ?? []);
  return [...collector.problems, ...inside]
    .filter(({ level }) => level === 'error')
    .map(({ message }) => message);
}

const SECRET = 'canary-of-the-machine';
/** Of descriptors to files of theirs. */
const texts = [
  '../secret/secret.txt',
  './link/secret.txt',
  './secret.txt',
  '/etc/passwd',
  'file:///etc/passwd',
  './%2e%2e/secret/secret.txt',
];
const targets = [
  '../secret/catalog-info.yaml',
  '../../../../etc/passwd',
  './link/catalog-info.yaml',
  './file.yaml',
  './**/../../secret/*.yaml',
];
const manifests = [
  'package.json',
  'pom.xml',
  'Dockerfile',
  'docker-compose.yml',
  '.env',
  'CODEOWNERS',
  'openapi.yaml',
  'a.proto',
  'schema.graphql',
  'k8s/deployment.yaml',
];

describe('what lies outside a repository', () => {
  it('is shown by no path, target or link', async () => {
    const own = texts.map((text, n) => [`p${n}/catalog-info.yaml`, api(`p${n}`, `$text: ${text}`)]);
    const files = { 'catalog-info.yaml': location(...targets), ...Object.fromEntries(own) };
    const more = (folder: string, top: string) => {
      write(top, { 'secret/secret.txt': SECRET, 'secret/catalog-info.yaml': component(SECRET) });
      symlinkSync(join(top, 'secret'), join(folder, 'link'));
      symlinkSync(join(top, 'secret/secret.txt'), join(folder, 'p2/secret.txt'));
      symlinkSync(join(top, 'secret/catalog-info.yaml'), join(folder, 'file.yaml'));
    };
    const collector = await readBeside(files, { more });
    // The folder of secrets is part of the source; what the repository says of it is not.
    const said = collector.log.filter(({ part }) => part.startsWith('hostile'));
    expect(JSON.stringify(said)).not.toContain(SECRET);
    expect(JSON.stringify(said)).not.toContain('root:');
    expect(errors(collector)).toHaveLength(texts.length + targets.length);
  });

  it('is shown by no detector', async () => {
    const more = (folder: string, top: string) => {
      const secret = `{"name": "${SECRET}", "openapi": "3.0.0", "info": {"title": "${SECRET}"}, "paths": {}}`;
      writeFileSync(join(top, 'secret.json'), secret);
      for (const path of manifests) symlinkSync(join(top, 'secret.json'), join(folder, path));
      symlinkSync('/etc', join(folder, 'etc'));
    };
    const collector = await readBeside({ 'k8s/x': '', 'src/main.ts': 'x' }, { more, discovery: true });
    expect(JSON.stringify(collector.log)).not.toContain(SECRET);
  });

  it('is not reached through a bare repository that was committed', async () => {
    const more = (folder: string, top: string) => {
      newRepository(join(top, '.private/repo'), { 'catalog-info.yaml': component(SECRET) });
      const bare = join(folder, 'tests/data.git');
      gitIn(top, 'init', '--quiet', '--bare', bare);
      write(bare, { 'objects/info/alternates': `${join(top, '.private/repo/.git/objects')}\n` });
      gitIn(bare, 'update-ref', 'refs/heads/main', gitIn(join(top, '.private/repo'), 'rev-parse', 'HEAD'));
    };
    const collector = await readBeside({ 'catalog-info.yaml': component('outer') }, { more });
    const said = collector.log.filter(({ part }) => part.startsWith('hostile'));
    expect(said.flatMap(({ contributions }) => contributions).map(({ ref }) => ref)).toEqual([
      'component:default/outer',
    ]);
  });
});

it('runs nothing that a repository brings along', async () => {
  let mark = '';
  const after = (folder: string, top: string) => {
    mark = join(top, 'owned');
    const own = `touch ${mark}`;
    const settings = {
      'core.fsmonitor': own,
      'core.hooksPath': join(folder, 'hooks'),
      'core.sshCommand': own,
      'core.pager': own,
      'core.alternateRefsCommand': own,
      'diff.external': own,
      'diff.own.textconv': own,
      'filter.own.clean': own,
      'filter.own.smudge': own,
      'credential.helper': `!${own}`,
      'remote.origin.url': `ext::sh -c ${own.replace(' ', '% ')}`,
      'remote.origin.promisor': 'true',
    };
    for (const [name, value] of Object.entries(settings)) gitIn(folder, 'config', name, value);
    write(folder, { 'hooks/post-checkout': `#!/bin/sh\n${own}\n`, 'catalog-info.yaml': 'a: [' });
    // An object that is not there would be fetched, by whatever the remote's address says.
    const [blob = ''] = gitIn(folder, 'rev-parse', 'HEAD:catalog-info.yaml').split('\n');
    rmSync(join(folder, '.git/objects', blob.slice(0, 2), blob.slice(2)), { force: true });
  };
  const files = { 'catalog-info.yaml': component('outer'), '.gitattributes': '* filter=own diff=own\n' };
  const collector = await readBeside(files, { after, discovery: true });
  expect(errors(collector)).not.toEqual([]);
  expect(existsSync(mark)).toBe(false);
});

describe('a pattern that takes for ever', () => {
  const long = 'a'.repeat(120);
  const patterns = [
    '*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b',
    '+(+(+(+(a))))b',
    '+(a|aa|aaa)+(a|aa)+(a|aa)c',
    '**/*a*a*a*a*a*a*a*a*a*a*a*a*a*b/**/c',
  ];

  it.each(patterns)('is a problem of its Location: %s', async (pattern) => {
    const collector = await readBeside({
      'catalog-info.yaml': location(`./${pattern}`),
      [long]: '',
      [`x/${long}`]: '',
    });
    expect(errors(collector).join()).toMatch(/can't be matched|does not exist/);
  });

  it('costs CODEOWNERS its owners and nothing else', async () => {
    const rules = patterns.map((pattern) => `${pattern} @acme/team`).join('\n');
    const collector = await readBeside(
      { CODEOWNERS: rules, [`${long}/package.json`]: '{"name": "found"}', [`${long}/index.js`]: 'x' },
      { discovery: true },
    );
    expect(collector.refs).toContain('component:default/found');
  });
});

describe('files that are too much', () => {
  const deep = (open: string, close: string, times = 100_000) => open.repeat(times) + close.repeat(times);
  const entities = Array.from(
    { length: 12 },
    (_, n) => `<!ENTITY a${n} "${n ? `&a${n - 1};`.repeat(10) : 'lol'}">`,
  ).join('');
  const hostile: Record<string, string> = {
    'json/package.json': `{"name": "x", "dependencies": ${deep('{"a":', '}', 80_000)}}`,
    'xml/pom.xml': `<!DOCTYPE project [${entities}<!ENTITY file SYSTEM "file:///etc/passwd">]><project><artifactId>&a11;&file;</artifactId></project>`,
    'deep/pom.xml': '<a>'.repeat(100_000),
    'proto/a.proto': `syntax = "proto3";\nservice A { ${'message A { '.repeat(20_000)}`,
    'graphql/schema.graphql': `type Query { a: ${deep('[', ']')} }`,
    'toml/Cargo.toml': `a = ${deep('[', ']')}`,
    'openapi/openapi.yaml': `openapi: 3.0.0\ninfo: { title: a, version: 1 }\npaths: {}\ncomponents: ${deep('{a: ', '}')}`,
    'cyclic/openapi.json': JSON.stringify({
      openapi: '3.0.0',
      info: { title: 'cyclic', version: '1' },
      paths: {},
      components: { schemas: { A: { $ref: '#/components/schemas/A' } } },
    }),
    'compose/docker-compose.yml': `services: ${'"a" '.repeat(60_000)}`,
    'compose/.env': Array.from(
      { length: 30 },
      (_, n) => `V${n}=${n ? `\${V${n - 1}}`.repeat(1000) : 'x'.repeat(1000)}`,
    ).join('\n'),
    'helm/Chart.yaml': 'name: helm\nversion: 1',
    'helm/values.yaml': `long: ${'x'.repeat(500_000)}`,
    'helm/templates/a.yaml': `{{- if and ${'.Values.a'.repeat(40)}! }}\n${'{{ .Values.long }}'.repeat(30_000)}`,
    'docker/Dockerfile': `ARG A=${'x'.repeat(300_000)}\nFROM ${'$A'.repeat(300_000)}`,
    'go/go.mod': `${'\n'.repeat(300_000)}${'a.'.repeat(300_000)}`,
    'gem/Gemfile': '\n'.repeat(900_000),
  };

  it('take no other repository, and nothing of the machine', async () => {
    const collector = await readBeside(hostile, { discovery: true });
    expect(JSON.stringify(collector.log)).not.toContain('root:');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('are a problem of the descriptor that names them', async () => {
    const collector = await readBeside({
      'catalog-info.yaml': api('huge', '$text: ./huge.txt'),
      'huge.txt': 'x'.repeat(33 << 20),
      'binary/catalog-info.yaml': '\0'.repeat(100),
      'long/catalog-info.yaml': 'x'.repeat(33 << 20),
    });
    expect(errors(collector).join()).toContain('larger than 32 MiB');
    expect(errors(collector).join()).toContain('no text');
  });

  it('are not brought in again and again', async () => {
    const each = Array.from({ length: 200 }, (_, n) => api(`a${n}`, '$text: ./large.txt'));
    const many = Array.from({ length: 30_000 }, () => '      - { $text: ./empty.txt }\n').join('');
    const collector = await readBeside({
      'catalog-info.yaml': each.join('---\n'),
      'large.txt': 'x'.repeat(1 << 20),
      'many/catalog-info.yaml': `${component('many')}  a:\n${many}`,
      'many/empty.txt': 'x',
    });
    const read = collector.refs.filter((ref) => ref.startsWith('api:'));
    expect(read.length).toBeGreaterThan(20);
    expect(read.length).toBeLessThan(40);
    expect(errors(collector).join()).toContain('brings in more than 32 MiB');
  });
});
