import { describe, expect, it } from 'vitest';
import { packageDependencies } from './package-dependencies.ts';
import { treeOf } from './tree-of.test-helper.ts';

function wanted(path: string, source: string): string[] {
  return packageDependencies
    .detect(treeOf({ [path]: source }))
    .flatMap((one) => (one.what === 'dependency' ? [one.to] : []));
}

describe('package-dependencies', () => {
  it('names packages with their ecosystem', () => {
    expect(
      wanted('package.json', '{"dependencies":{"@acme/ui":"1"},"devDependencies":{"vitest":"5"}}'),
    ).toEqual(['npm:@acme/ui']);
    expect(wanted('go.mod', 'module a\nrequire (\n\texample.com/acme/log v1.2.3\n)\n')).toEqual([
      'go:example.com/acme/log',
    ]);
    expect(
      wanted(
        'pom.xml',
        `<project><groupId>g</groupId><dependencies><dependency><groupId>\${project.groupId}</groupId><artifactId>core</artifactId></dependency></dependencies></project>`,
      ),
    ).toEqual(['maven:g:core']);
    expect(wanted('build.gradle', "implementation project(':libs:core')")).toEqual(['folder:libs/core']);
    expect(
      wanted('Cargo.toml', '[dependencies]\ncore = { path = "../core", package = "acme-core" }\n'),
    ).toEqual(['cargo:acme-core']);
    expect(wanted('A.csproj', '<ProjectReference Include="..\\Core\\Core.csproj" />')).toEqual([
      'nuget:Core',
    ]);
    expect(wanted('requirements.txt', '# all\nFlask==3\n-r more.txt\n')).toEqual(['pypi:flask']);
    expect(wanted('composer.json', '{"require":{"acme/money":"1"}}')).toEqual(['composer:acme/money']);
    expect(wanted('mix.exs', 'defp deps, do: [{:core, in_umbrella: true}]')).toEqual(['hex:core']);
    expect(wanted('Gemfile', "gem 'money', path: '../money'")).toEqual(['gem:money']);
  });

  it('finds nothing in broken manifests', () => {
    expect(wanted('package.json', '{')).toEqual([]);
    expect(wanted('composer.json', '[')).toEqual([]);
  });
});
