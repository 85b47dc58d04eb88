import { expect, it } from 'vitest';
import { dependencies } from './dependencies.ts';
import { observe } from './scope.test-helper.ts';

const said = (files: Record<string, string>, folder = '') => observe(dependencies, files, { folder })?.value;

/** `${name}`, as Maven fills in. */
const filledIn = (name: string) => `\${${name}}`;
const wanted = (group: string, artifact: string, version = '') =>
  `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId>${version && `<version>${version}</version>`}</dependency>`;
const POM = `<project><artifactId>x</artifactId><groupId>me</groupId><properties><b>[1,2)</b></properties>
<dependencies>${wanted('g', 'a', '1.0')}${wanted('g', 'b', filledIn('b'))}${wanted(filledIn('project.groupId'), 'own')}</dependencies></project>`;

it('says nothing without a manifest', () => {
  expect(observe(dependencies, { 'main.sh': '', 'pyproject.toml': '[tool.ruff]\n' })).toBeUndefined();
});

it('counts what is asked for, and what of it in one version', () => {
  const files = {
    'package.json': JSON.stringify({
      dependencies: { a: '1.2.3', b: '^1.0.0', c: 'workspace:*' },
      devDependencies: { d: '2.0.0-rc.1' },
      peerDependencies: { e: '1' },
    }),
    'package-lock.json': '{}',
  };
  expect(observe(dependencies, files, { dates: { 'package-lock.json': '2026-02-01' } })).toEqual({
    value: {
      manifests: 1,
      locked: true,
      lockFiles: ['package-lock.json'],
      direct: 3,
      pinned: 2,
      lastCommit: '2026-02-01',
    },
    path: 'package.json',
  });
});

it.each([
  [
    'go.mod',
    'module x\nrequire (\n\ta.com/b v1.2.3\n\tc.com/d v1.0.0 // indirect\n)\nrequire e.com/f v1.0.0\nreplace e.com/f => ../f\n',
    'go.sum',
    1,
    1,
  ],
  [
    'Cargo.toml',
    '[package]\nname="x"\n[dependencies]\na="=1.2.3"\nb="1"\nc={path="../c"}\n[dev-dependencies]\nd="1.0"\n',
    'Cargo.lock',
    3,
    1,
  ],
  [
    'pyproject.toml',
    '[project]\nname="x"\ndependencies=["a==1.2","b>=1; python_version>\'3\'"]\n[dependency-groups]\ndev=["c==3"]\n',
    'uv.lock',
    3,
    2,
  ],
  [
    'pyproject.toml',
    '[tool.poetry.dependencies]\npython="^3.12"\na="1.2.3"\nb={version="^1"}\nc={path="../c"}\n',
    'poetry.lock',
    2,
    1,
  ],
  ['Pipfile', '[packages]\na="==1.2"\nb="*"\n', 'Pipfile.lock', 2, 1],
  [
    'Gemfile',
    "source 'x'\ngem 'a', '1.2.3'\ngem 'b', '~> 1'\n  gem \"c\"\ngem 'd', path: '../d'\n",
    'Gemfile.lock',
    3,
    1,
  ],
  [
    'composer.json',
    '{"require":{"php":">=8","ext-json":"*","a/b":"1.2.3","c/d":"^1"}}',
    'composer.lock',
    2,
    1,
  ],
  [
    'mix.exs',
    'use Mix.Project\n  defp deps do\n    [{:a, "~> 1.0"},\n     {:b, "1.2.3", only: :test},\n     {:c, in_umbrella: true}]\n  end\n  defp other, do: {:d, 1}\n',
    'mix.lock',
    2,
    1,
  ],
  ['pom.xml', POM, undefined, 2, 1],
  [
    'build.gradle',
    "dependencies {\n  implementation 'g:a:1.0',\n      'g:c:1.+'\n  testImplementation(\"g:b:1.+\")\n  implementation project(':c')\n  // implementation 'g:d:1'\n  api platform('g:bom:1')\n}\n",
    'gradle.lockfile',
    4,
    2,
  ],
  [
    'X.csproj',
    '<Project><ItemGroup><PackageReference Include="A" Version="1.0.0" /><PackageReference Include="B" Version="1.*" /></ItemGroup></Project>',
    'packages.lock.json',
    2,
    1,
  ],
])('reads %s', (path, source, lock, direct, pinned) => {
  expect(said({ [path]: source })).toMatchObject({
    manifests: 1,
    direct,
    pinned,
    locked: false,
    lockFiles: [],
  });
  if (lock === undefined) return;
  expect(said({ [path]: source, [lock]: '' })).toMatchObject({ locked: true, lockFiles: [lock] });
});

it('takes Maven, Gradle and NuGet for locked when each version is one', () => {
  expect(
    said({
      'build.gradle.kts': 'implementation("g:a:1.0")\nimplementation(libs.b.c)\n',
      'gradle/libs.versions.toml':
        '[versions]\nb = "2.0"\n[libraries]\nb-c = { module = "g:b", version.ref = "b" }\n',
    }),
  ).toMatchObject({
    locked: true,
    direct: 2,
    pinned: 2,
  });
  const central = '<Project><ItemGroup><PackageReference Include="A" /></ItemGroup></Project>';
  expect(said({ 'X.csproj': central })?.locked).toBe(false);
  expect(said({ 'X.csproj': central, 'Directory.Packages.props': '' })?.locked).toBe(true);
});

it('takes requirements that are all pinned for a lock file', () => {
  expect(
    said({
      'requirements.txt': '# all\na==1.0 \\\n    --hash=sha256:00\nb[x]==2.0 ; python_version > "3"\n',
    }),
  ).toMatchObject({
    locked: true,
    lockFiles: ['requirements.txt'],
    direct: 2,
    pinned: 2,
  });
  expect(said({ 'requirements.txt': 'a==1.0\nb>=2\n-r other.txt\n' })).toMatchObject({
    locked: false,
    direct: 2,
  });
  expect(said({ 'requirements.in': 'a\n', 'requirements.txt': 'a==1\nb==2\n' })).toMatchObject({
    manifests: 1,
    locked: true,
    direct: 1,
    pinned: 0,
  });
});

it('names the manifest that has none', () => {
  const files = {
    'go.mod': 'module x\nrequire a.com/b v1.0.0\n',
    'web/package.json': '{"dependencies":{"a":"1.0.0"}}',
    'go.sum': '',
  };
  expect(observe(dependencies, files)).toMatchObject({
    value: { locked: false, manifests: 2 },
    path: 'web/package.json',
  });
  expect(said({ 'package.json': '{"name":"none"}' })).toMatchObject({ locked: true, direct: 0 });
});

it('takes the lock file of a workspace, and not that of a tool around it', () => {
  const files = { 'api/package.json': '{"dependencies":{"a":"^1"}}', 'package-lock.json': '{}' };
  expect(said({ ...files, 'package.json': '{"workspaces":["api"]}' }, 'api')).toMatchObject({
    locked: true,
    lockFiles: ['package-lock.json'],
  });
  expect(said({ ...files, 'package.json': '{}' }, 'api')?.locked).toBe(false);
});

it('takes the manifest around a component for its language', () => {
  const files = {
    'go.mod': 'module x\nrequire a.com/b v1.0.0\n',
    'go.sum': '',
    'package.json': '{}',
    'cmd/api/main.go': '',
  };
  expect(said(files, 'cmd/api')).toMatchObject({ manifests: 1, locked: true, lockFiles: ['go.sum'] });
});

it('leaves out what it can’t read', () => {
  expect(
    said({ 'package.json': '{', 'Cargo.toml': '[[', 'pom.xml': '<', 'composer.json': '[]' }),
  ).toBeUndefined();
});
