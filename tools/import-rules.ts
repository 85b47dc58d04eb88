/** Who may import whom. The folder list is the architecture; these rules hold it. See ARCHITECTURE.md. */

interface Target {
  path?: string;
  pathNot?: string | string[];
  circular?: boolean;
  orphan?: boolean;
  dependencyTypes?: ('npm-dev' | 'npm-no-pkg' | 'npm-unknown' | 'unknown')[];
  couldNotResolve?: boolean;
}

export interface ImportRule {
  name: string;
  comment: string;
  severity: 'error';
  from: Target;
  to: Target;
}

const rule = (name: string, comment: string, from: Target, to: Target): ImportRule => ({
  name,
  comment,
  severity: 'error',
  from,
  to,
});

/** All that is ours. */
const inside = '^(model|integrations|server|web|cli|sample|tools|bench|e2e)/';
/** What a running portal consists of, besides its pages. */
const product = '^(model|integrations|server|cli|sample)/';
const testOnly = [
  '\\.test\\.tsx?$',
  '[/-]test-support\\.ts$',
  '\\.test-helper\\.ts$',
  '(^|/)(conformance-reference|fuzz-inputs)\\.ts$',
  '^e2e/',
  '^bench/',
];
const inTests = testOnly.slice(0, 4);

export const folders = ['model', 'integrations', 'server', 'web', 'cli', 'sample', 'tools', 'bench', 'e2e'];

export const importRules: readonly ImportRule[] = [
  rule('no-cycle', 'Types count too.', {}, { circular: true }),
  rule(
    'model-is-the-floor',
    'The model knows no one.',
    { path: '^model/' },
    { path: inside, pathNot: '^model/' },
  ),
  rule(
    'integrations-are-islands',
    'An integration sees the model and itself.',
    { path: '^integrations/([^/]+)/' },
    { path: inside, pathNot: ['^model/', '^integrations/$1/'] },
  ),
  rule(
    'only-main-picks-integrations',
    'The server is handed its integrations.',
    { path: '^server/', pathNot: ['^server/main\\.ts$', ...inTests] },
    { path: '^integrations/' },
  ),
  rule(
    'kernel-knows-no-pillar',
    'Shared parts stay shared.',
    { path: '^server/kernel/', pathNot: inTests },
    { path: inside, pathNot: ['^model/', '^server/kernel/'] },
  ),
  rule(
    'catalog-knows-no-pillar',
    'Pillars follow the change feed.',
    { path: '^server/catalog/' },
    { path: '^server/', pathNot: '^server/(catalog|kernel)/' },
  ),
  rule(
    'pillar-by-its-index',
    'No reaching inside a pillar.',
    { path: '^server/([^/]+)/', pathNot: inTests },
    { path: '^server/[^/]+/', pathNot: ['^server/($1|kernel)/', '/(index|contract)\\.ts$'] },
  ),
  rule(
    'root-is-the-top',
    'What composes the server is used by no part of it.',
    { path: '^server/[^/]+/', pathNot: inTests },
    { path: '^server/[^/]+\\.ts$' },
  ),
  rule(
    'contract-is-pure',
    'A contract runs in the browser.',
    { path: '/contract\\.ts$' },
    { path: inside, pathNot: ['^model/', '/contract\\.ts$'] },
  ),
  rule(
    'clients-see-contracts',
    'Web and CLI use the API.',
    { path: '^(web|cli)/' },
    { path: '^(server|integrations|sample)/', pathNot: '/contract\\.ts$' },
  ),
  rule(
    'pages-are-islands',
    'Only the app composes pages.',
    { path: '^web/([^/]+)/', pathNot: '^web/app/' },
    { path: '^web/', pathNot: ['^web/$1/', '^web/kit/'] },
  ),
  rule(
    'kit-knows-no-page',
    'The kit is a leaf.',
    { path: '^web/kit/' },
    { path: '^web/', pathNot: '^web/kit/' },
  ),
  rule(
    'sample-stands-alone',
    'The sample estate knows the model at most.',
    { path: '^sample/' },
    { path: inside, pathNot: '^(model|sample)/' },
  ),
  rule(
    'only-the-root-picks-the-sample',
    'No pillar knows that there is a sample.',
    { path: '^(model|integrations|web|cli|server/[^/]+)/', pathNot: inTests },
    { path: '^sample/' },
  ),
  rule(
    'product-without-tools',
    'What runs needs no tool, benchmark or browser test.',
    { path: inside, pathNot: ['^(tools|bench|e2e)/', ...inTests] },
    { path: '^(tools|bench|e2e)/' },
  ),
  rule(
    'measured-from-outside',
    'Benchmarks and browser tests use the portal as people do.',
    { path: '^(bench|e2e)/' },
    { path: '^(server|web|cli)/', pathNot: '/contract\\.ts$' },
  ),
  rule(
    'product-without-test-parts',
    'What only tests need stays in tests.',
    { path: inside, pathNot: testOnly },
    { path: '(\\.test\\.tsx?|[/-]test-support\\.ts|\\.test-helper\\.ts)$' },
  ),
  rule(
    'product-without-dev-dependencies',
    'An installation without devDependencies must run.',
    { path: product, pathNot: testOnly },
    { dependencyTypes: ['npm-dev'] },
  ),
  rule(
    'no-unlisted-package',
    'Every package is in package.json.',
    {},
    { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  ),
  rule('resolvable', 'Every import leads somewhere.', { path: inside }, { couldNotResolve: true }),
  rule(
    'no-orphan',
    'Unused files go.',
    { orphan: true, pathNot: ['\\.test\\.tsx?$', '\\.d\\.ts$', '^web/public/'] },
    {},
  ),
];

export const cruiseOptions = {
  tsPreCompilationDeps: true,
  exclude: { path: '^(web/dist|sample/(estate|variants|history))/' },
  doNotFollow: { path: 'node_modules' },
};

export const resolveOptions = {
  exportsFields: ['exports'],
  conditionNames: ['import', 'node', 'default'],
  extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts'],
};
