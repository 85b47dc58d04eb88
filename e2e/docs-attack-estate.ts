/** A repository with a page for each attack that documentation can hold, read in both flavours of Markdown. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { attacks } from '../tools/docs-attacks.ts';

/** Diagrams that try to become more than a picture. */
const diagrams: readonly string[] = [
  'flowchart LR\n  a["<img src=x onerror=alert(1)>"] --> b',
  'flowchart LR\n  a["<script>window.__attacked=1</script>"] --> b["<iframe srcdoc=x>"]',
  'flowchart LR\n  a --> b\n  click a "javascript:alert(1)"',
  'flowchart LR\n  a --> b\n  click a call alert(1)',
  'flowchart LR\n  a --> b\n  click a href "https://example.com/steal" _self',
  '%%{init: {"securityLevel": "loose", "htmlLabels": true}}%%\nflowchart LR\n  a["<img src=x onerror=alert(1)>"]',
  '%%{init: {"themeCSS": "*{background:url(https://example.com/x)} </style><script>alert(1)</script>"}}%%\nflowchart LR\n  a',
  '%%{init: {"fontFamily": "x;} *{background:url(https://example.com/y)} a{"}}%%\nflowchart LR\n  a --> b',
  '%%{init: {"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}}%%\nflowchart LR\n  a',
  '%%{init: {"themeVariables": {"primaryColor": "url(https://example.com/z)"}}}%%\nflowchart LR\n  a --> b',
  '---\nconfig:\n  securityLevel: loose\n  secure: []\n---\nflowchart LR\n  a["<img src=x onerror=alert(1)>"]',
  'flowchart LR\n  a:::x --> b\n  classDef x fill:url(https://example.com/c),stroke:expression(alert(1))',
  'flowchart LR\n  a@{ img: "https://example.com/i.png", label: "x" }',
  'flowchart LR\n  a@{ icon: "fa:user\\"><script>alert(1)</script>" }',
  'flowchart LR\n  a["$$\\href{javascript:alert(1)}{x}$$"]',
  'sequenceDiagram\n  participant a as <img src=x onerror=alert(1)>\n  a->>b: <script>alert(1)</script>\n  link a: x @ javascript:alert(1)',
  'sequenceDiagram\n  a->>b: x\n  links a: {"x": "javascript:alert(1)"}\n  properties a: {"class": "\\" onload=alert(1)"}',
  'classDiagram\n  class a["<img src=x onerror=alert(1)>"]\n  click a href "javascript:alert(1)"',
  'stateDiagram-v2\n  a: <svg onload=alert(1)>\n  [*] --> a',
  'gantt\n  title <img src=x onerror=alert(1)>\n  section <script>alert(1)</script>\n  t :a, 2024-01-01, 3d\n  click a href "javascript:alert(1)"',
  'pie title <img src=x onerror=alert(1)>\n  "<script>alert(1)</script>" : 3',
  'gitGraph\n  commit id: "<img src=x onerror=alert(1)>"',
  'journey\n  title <img src=x onerror=alert(1)>\n  section a\n  b: 3: c',
  'mindmap\n  root((<img src=x onerror=alert(1)>))\n    a',
  'erDiagram\n  "<img src=x onerror=alert(1)>" ||--o{ b : "<script>alert(1)</script>"',
  'timeline\n  title <img src=x onerror=alert(1)>\n  2002 : <script>alert(1)</script>',
  '</pre><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
];

const pageName = (index: number) => `Attack ${String(index + 1).padStart(4, '0')}`;
export const pageAddress = (index: number) => `attack-${String(index + 1).padStart(4, '0')}`;
const fileName = (index: number) => `${pageAddress(index)}.md`;
const fenced = (source: string) => `\`\`\`mermaid\n${source}\n\`\`\``;

const descriptors = ['mkdocs', 'github'].map(
  (name) => `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  annotations:
    backstage.io/techdocs-ref: dir:./${name}
spec: { type: service, lifecycle: production, owner: nobody }
`,
);

/** Front matter must stay at the beginning; then the title comes behind it. */
function pageOf(index: number, text: string): string {
  const title = `# ${pageName(index)}\n\n`;
  const [matter = ''] = /^---\n[\s\S]*?\n---\n/.exec(text) ?? [];
  return `${matter}${title}${text.slice(matter.length)}\n`;
}

export interface AttackEstate {
  folder: string;
  repository: string;
  pages: readonly string[];
  drawings: readonly string[];
  diagrams: readonly string[];
}

export function attackEstate(): AttackEstate {
  const folder = mkdtempSync(join(tmpdir(), 'atrium-attacks-'));
  const repository = join(folder, 'attacks');
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(repository, path)), { recursive: true });
    writeFileSync(join(repository, path), text);
  };
  const pages = attacks().flatMap(({ in: place, text }) =>
    // With a zero byte it is no text, and never shown.
    place === 'markdown' && !text.includes('\0') ? [text] : [],
  );
  const drawings = attacks().flatMap((attack) => (attack.in === 'svg' ? [attack.text] : []));
  const all = [...pages, ...diagrams.map(fenced)];
  const nav = all.map((_, index) => `  - ${pageName(index)}: ${fileName(index)}`);
  write('catalog-info.yaml', descriptors.join('---\n'));
  write(
    'mkdocs/mkdocs.yml',
    [
      'site_name: Attacks',
      'plugins: [techdocs-core]',
      'nav:',
      '  - Start: index.md',
      ...nav,
      '  - Drawings: drawings.md',
      '',
    ].join('\n'),
  );
  for (const docs of ['mkdocs/docs', 'github/docs']) {
    write(`${docs}/index.md`, '# Start\n');
    for (const [index, text] of all.entries()) write(`${docs}/${fileName(index)}`, pageOf(index, text));
  }
  const pictures = drawings.map((_, index) => `![Drawing ${index}](drawing-${index}.svg)`);
  write('mkdocs/docs/drawings.md', `# Drawings\n\n${pictures.join('\n\n')}\n`);
  for (const [index, text] of drawings.entries()) write(`mkdocs/docs/drawing-${index}.svg`, text);
  const identity = ['-c', 'user.name=Mallory', '-c', 'user.email=mallory@example.com'];
  const git = (...args: string[]) =>
    execFileSync('git', [...identity, ...args], { cwd: repository, stdio: 'ignore' });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'Harmless docs');
  return { folder, repository, pages, drawings, diagrams };
}
