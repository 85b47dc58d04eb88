/** Attacks on the pages by what is written in descriptors and definitions, and on what the pages may load. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, openContext, visit } from './browser.ts';
import { pages } from './pages.ts';
import { startServer, type TestServer } from './server.ts';

const START_MS = 300_000;
const VISIT_MS = 300_000;
const desk = { size: 'desktop', scheme: 'light' } as const;
let browser: Browser;

/** What the policy stopped, as the page itself is told; kept where the test can ask for it. */
const listen = `window.stopped = []; document.addEventListener('securitypolicyviolation', (event) =>
  window.stopped.push(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample));`;
const stopped = (page: Page) => page.evaluate<string[]>('window.stopped');

async function open(): Promise<{ context: BrowserContext; page: Page; foreign: string[] }> {
  const context = await openContext(browser, desk);
  await context.addInitScript(listen);
  const page = await context.newPage();
  const foreign: string[] = [];
  page.on('request', (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (hostname !== '127.0.0.1' && protocol !== 'data:') foreign.push(request.url());
  });
  page.on('dialog', (dialog) => {
    foreign.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { context, page, foreign };
}

beforeAll(async () => {
  browser = await openBrowser();
}, START_MS);
afterAll(() => browser?.close());

it(
  'every page does without what the policy stops, and asks nobody else',
  async () => {
    const server = await startServer();
    const { context, page, foreign } = await open();
    const faults: string[] = [];
    for (const { name, path } of pages) {
      await visit(page, server.url + path);
      faults.push(...(await stopped(page)).map((fault) => `${name}: ${fault}`));
    }
    await context.close();
    await server.stop();
    expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
  },
  START_MS,
);

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
const text = attacks.join(' ');
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
const definitions: Record<string, string> = {
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

function hostileEstate(): string {
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

const tabs = ['', '?tab=dependencies', '?tab=api', '?tab=sources', '?tab=activity'];
const places = [
  '/catalog',
  '/catalog?peek=component:default/service',
  '/sources?tab=problems',
  '/review',
  '/teams',
  '/graph?root=component:default/service&depth=2',
  ...tabs.map((tab) => `/catalog/default/component/service${tab}`),
  ...Object.keys(definitions).flatMap((type) =>
    ['', '?tab=api'].map((tab) => `/catalog/default/api/api-${type}${tab}`),
  ),
  '/catalog/default/group/team',
  '/catalog/default/user/ada',
  `/catalog?q=${encodeURIComponent(text)}&owner=${encodeURIComponent(text)}`,
  `/catalog/default/component/${encodeURIComponent('<script>window.owned=13</script>')}`,
  '/no/<script>window.owned=14</script>',
];

/** What somebody's text must never become. */
const forbidden =
  'iframe, object, embed, base, script:not([src]), [src*="evil"], [href*="evil"], a[href^="javascript" i], a[href^="data:" i], a[href^="vbscript" i], [onerror], [onload]';

it(
  'what is written in descriptors and definitions stays text on every page',
  async () => {
    const folder = hostileEstate();
    const server: TestServer = await startServer([folder]);
    const { context, page, foreign } = await open();
    const faults: string[] = [];
    let shown = 0;
    for (const place of places) {
      await visit(page, server.url + place);
      const found = await page.evaluate(
        (selector) =>
          [...document.querySelectorAll(selector)].map((element) => element.outerHTML.slice(0, 200)),
        forbidden,
      );
      const owned = await page.evaluate('window.owned');
      if (owned !== undefined) faults.push(`${place}: script ${owned} ran`);
      faults.push(...[...found, ...(await stopped(page))].map((fault) => `${place}: ${fault}`));
      if ((await page.locator('body').innerText()).includes('<script>window.owned = 1</script>')) shown++;
    }
    await context.close();
    await server.stop();
    rmSync(folder, { recursive: true });
    expect({ faults, foreign }).toEqual({ faults: [], foreign: [] });
    expect(shown).toBeGreaterThan(8);
  },
  VISIT_MS,
);
