/** A repository whose descriptors and definitions try to become more than text on the pages that show them. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Each sets a mark, opens a dialog or asks another host where it is taken for more than text. */
const attacks = [
  '<script>window.owned = 1</script>',
  '<img src=x onerror="window.owned = 2">',
  '<svg onload="window.owned = 3"><script>window.owned = 4</script></svg>',
  '<iframe srcdoc="<script>parent.owned = 5</script>"></iframe>',
  '<a href="javascript:window.owned = 6">click</a>',
  '[click](javascript:window.owned=7) ![x](https://evil.example/x.png)',
  '<style>@import "https://evil.example/x.css";</style><base href="https://evil.example/">',
  '{{constructor.constructor("window.owned = 8")()}}',
  ['$', '{window.owned = 9}'].join(''),
  '"><img src=https://evil.example/x.png>',
];
export const text = attacks.join(' ');
const quoted = JSON.stringify(text);
const links = [
  'javascript:window.owned=10',
  'JaVaScRiPt:window.owned=11',
  'data:text/html,<script>1</script>',
  '\u0001javascript:window.owned=12',
  'vbscript:x',
];

const openapi = {
  openapi: '3.1.0',
  info: { title: text, version: text, description: text, contact: { url: links[0], name: text } },
  servers: [{ url: links[0], description: text }],
  externalDocs: { url: links[1], description: text },
  paths: {
    [`/${text}`]: {
      get: {
        summary: text,
        description: text,
        operationId: text,
        externalDocs: { url: links[1] },
        parameters: [
          {
            name: text,
            in: 'query',
            description: text,
            schema: { type: 'string', pattern: text, example: text },
          },
        ],
        responses: {
          200: {
            description: text,
            content: { 'text/html': { schema: { $ref: '#/components/schemas/A' } } },
          },
        },
      },
    },
  },
  components: {
    schemas: {
      A: {
        type: 'object',
        description: text,
        properties: { [text]: { type: 'string', enum: [text], default: text } },
      },
    },
  },
};
export const definitions: Record<string, string> = {
  openapi: JSON.stringify(openapi),
  asyncapi: JSON.stringify({
    asyncapi: '2.6.0',
    info: { title: text, version: '1', description: text },
    channels: {
      [text]: {
        description: text,
        publish: {
          summary: text,
          message: {
            name: text,
            payload: { type: 'object', description: text, properties: { [text]: { type: 'string' } } },
          },
        },
      },
    },
  }),
  graphql: `"""${text.replaceAll('"', "'")}"""\ntype Query { "${text.replaceAll('"', "'")}" a(b: String = ${quoted}): String @deprecated(reason: ${quoted}) }`,
  grpc: `syntax = "proto3"; package a;\n// ${text}\nmessage A { string b = 1; /* ${text.replaceAll('*/', '')} */ }\n// ${text}\nservice S { rpc C (A) returns (A); }`,
  other: text,
  broken: `${text}\n: [`,
};

function written(kind: string, name: string, spec: object): string {
  return JSON.stringify({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      title: text,
      description: text,
      tags: ['tag'],
      labels: { label: 'value' },
      annotations: {
        'backstage.io/view-url': links[0],
        'backstage.io/edit-url': links[1],
        'backstage.io/source-location': `url:${links[0]}`,
        'example.com/a': text,
        'example.com/b': links[3],
      },
      links: links.map((url) => ({ url, title: text, icon: text, type: text })),
    },
    spec: { lifecycle: text, owner: 'team', type: text, ...spec },
  });
}

export function hostileEstate(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-hostile-'));
  const profile = {
    displayName: text,
    email: `a@example.com?${text}`,
    picture: 'https://evil.example/me.png',
  };
  const apis = Object.entries(definitions).map(([type, definition]) =>
    written('API', `api-${type}`, { type: type === 'broken' ? 'openapi' : type, definition }),
  );
  const all = [
    ...apis,
    written('Component', 'service', {
      providesApis: apis.map((_, index) => `api-${Object.keys(definitions)[index]}`),
      dependsOn: ['component:missing'],
    }),
    written('Group', 'team', { type: 'team', children: [], profile }),
    written('User', 'ada', { memberOf: ['team'], profile }),
    `{"apiVersion": "backstage.io/v1alpha1", "kind": "Component", "metadata": {"name": ${quoted}}, "spec": {}}`,
  ];
  mkdirSync(join(folder, 'repo'));
  writeFileSync(join(folder, 'repo/catalog-info.yaml'), all.join('\n---\n'));
  const git = (...args: string[]) =>
    execFileSync(
      'git',
      ['-C', join(folder, 'repo'), '-c', 'user.name=<b>Ann</b>', '-c', 'user.email=ann@example.com', ...args],
      { stdio: 'pipe' },
    );
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', text);
  return folder;
}
