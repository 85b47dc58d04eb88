import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACT_NAME } from '#model/fact.ts';
import { collectors } from './index.ts';
import { observe } from './scope.test-helper.ts';

/** Every name that some collector looks for. */
const NAMES = [
  'LICENSE',
  'LICENSES/MIT.txt',
  'CODEOWNERS',
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'docs/index.md',
  'docs/runbook.md',
  'docs/adr/0001-a.md',
  'mkdocs.yml',
  '.asf.yaml',
  '.github/settings.yml',
  '.github/rulesets/main.json',
  '.github/workflows/ci.yml',
  '.gitlab-ci.yml',
  '.travis.yml',
  '.circleci/config.yml',
  'azure-pipelines.yml',
  'cloudbuild.yaml',
  'Jenkinsfile',
  'Makefile',
  'package.json',
  'package-lock.json',
  'pnpm-workspace.yaml',
  'go.mod',
  'Cargo.toml',
  'pyproject.toml',
  'requirements.txt',
  'requirements.in',
  'Pipfile',
  'setup.py',
  'setup.cfg',
  'Gemfile',
  'composer.json',
  'mix.exs',
  'pom.xml',
  'build.gradle.kts',
  'gradle/libs.versions.toml',
  'api/Api.csproj',
  'tests/Api.Tests.csproj',
  'packages.config',
  'Dockerfile',
  'compose.yaml',
  'k8s/api.yaml',
  'api/openapi.yaml',
  'api/swagger.json',
  'ops/slo.yaml',
  'a.sarif',
  'sbom.cdx.json',
  'bom.xml',
  'a.spdx',
  'lcov.info',
  'coverage.xml',
  'jacoco.xml',
  'TEST-a.xml',
  'trivy.json',
  'osv.json',
  '.env',
  'id_rsa',
  'src/main.go',
  'src/app.py',
  'src/lib.rs',
  'src/a.test.ts',
];

/** Pieces of what the files hold when they are whole. */
const PIECES = [
  '{"runs": [{"results": [null, {"level": 3}], "tool": "x"}], "version": "2.1.0"}',
  '{"bomFormat": "CycloneDX", "components": [1, {"name": {}}]}',
  '{"results": [{"packages": [null, {"groups": [{}]}]}], "max_severity": 1}',
  '{"metadata": {"vulnerabilities": {}}, "advisories": {"a": null}}',
  '{"dependencies": [1], "scripts": "x", "license": {}, "workspaces": 1, "require": null}',
  '{"swagger": "2.0", "paths": {"/a/{b}": {"get": {"parameters": [{"$ref": "#/x/%"}], "responses": 1}}}}',
  '<coverage line-rate="1" lines-valid="NaN"><packages>x</packages></coverage>',
  '<report><counter/><counter type="LINE" missed="a"/></report>',
  '<testsuites><testsuite><testcase/>text</testsuite></testsuites>',
  '<project><artifactId>x</artifactId><dependencies>x</dependencies></project>',
  'SF:a\nDA:1\nDA:x,y\nLF:\nend_of_record',
  'openapi: 3.0.0\ninfo: 1\npaths:\n  /a: &a\n    get: *a\n',
  'apiVersion: openslo/v1\nkind: SLO\nspec:\n  objectives: [1, {target: x}]\n  timeWindow: {}\n',
  'kind: Deployment\nspec: {template: {spec: {containers: [1, {livenessProbe: x}]}}}\nlivenessProbe:\n',
  'on: {push: {paths: [1]}}\njobs: {a: {steps: [{run: [1]}, {uses: {}}, {run: "npm test"}]}}',
  'branches: [1, {name: main, protection: [1]}]\ngithub: {protected_branches: [1]}',
  'services: {a: {build: [1], healthcheck: {}}}',
  'FROM\nFROM a AS\nRUN <<EOF\nENV a=" b\nUSER\nHEALTHCHECK',
  '[project]\ndependencies = [1, ""]\n[tool.poetry.dependencies]\na = [1]\n[workspace]\n[package]\nlicense = 1',
  'module x\nrequire (\n\treplace\nreplace a => ../b',
  'password: aB3dE5fG7hJ9kL1mN3pQ5\n-----BEGIN PRIVATE KEY-----',
  'use Mix.Project\ndefp deps do\n{:a, {:b, }',
  'all: all\n\tmake all\n',
  '* @a\n[\n\\',
  '\u0000\ufffd{{ }}',
];

const ajv = new Ajv({ strict: true, strictRequired: false, formats: { date: /^\d{4}-\d\d-\d\d$/ } });
const judges = collectors.map((collector) => ({ collector, judge: ajv.compile(closed(collector.schema)) }));

/** So that a detail which no schema tells of is a mistake. */
function closed(schema: object): object {
  return JSON.parse(JSON.stringify(schema), (_, part: unknown) =>
    typeof part === 'object' && part !== null && 'properties' in part
      ? { ...part, additionalProperties: false }
      : part,
  ) as object;
}

/** What is wrong with what the collectors say of these files. */
function faults(files: Record<string, string>, folder = '', others: string[] = []): string[] {
  const dates = Object.fromEntries([...Object.keys(files), 'docs'].map((path) => [path, '2026-01-31']));
  return judges.flatMap(({ collector, judge }) => {
    const said = observe(collector, files, { folder, others, dates });
    if (said === undefined) return [];
    const isPlace = said.path === undefined || said.path in files || said.path === (folder || '.');
    const isWhole = judge(said.value) && !hasGaps(said.value);
    return [
      ...(isWhole ? [] : [`${collector.name}: ${ajv.errorsText(judge.errors)}`]),
      ...(isPlace ? [] : [`${collector.name}: there is no ${said.path}`]),
    ];
  });
}

/** Details that aren’t there are left out. */
function hasGaps(value: unknown): boolean {
  let found = false;
  JSON.stringify(value, (_, part: unknown) => {
    found ||= part === undefined || part === null;
    return part;
  });
  return found;
}

describe('collectors', () => {
  it('have names that rules can use, each its own, and words that explain them', () => {
    const names = collectors.map(({ name }) => name);
    expect(names.filter((name) => !FACT_NAME.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual([...names].sort());
    for (const { title, description } of collectors) {
      expect(title).not.toBe('');
      expect(description).toMatch(/\.$/);
    }
  });

  it('say what their schemas allow of a tree without files', () => {
    expect(faults({})).toEqual([]);
    expect(faults({}, 'api/v1')).toEqual([]);
  });

  it.each(PIECES.map((piece) => [piece]))(
    'say what their schemas allow when every file holds %j',
    (piece) => {
      const files = Object.fromEntries(NAMES.map((name) => [name, piece]));
      expect(faults(files)).toEqual([]);
      expect(faults(files, 'api')).toEqual([]);
      expect(faults(files, '', ['api', 'src', 'docs'])).toEqual([]);
    },
  );

  it('say what their schemas allow of whatever files hold', () => {
    const content = fc.oneof(
      fc.constantFrom(...PIECES),
      fc.tuple(fc.constantFrom(...PIECES), fc.nat(60)).map(([piece, length]) => piece.slice(0, length)),
      fc.json(),
      fc.string(),
    );
    const tree = fc.dictionary(fc.constantFrom(...NAMES), content, { maxKeys: 12 });
    fc.assert(
      fc.property(tree, fc.constantFrom('', 'api', 'src'), (files, folder) => {
        expect(faults(files, folder)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
