import { expect, it } from 'vitest';
import { sbom } from './sbom.ts';
import { observe } from './scope.test-helper.ts';

const CYCLONE = JSON.stringify({
  bomFormat: 'CycloneDX',
  components: [
    { name: 'a', version: '1' },
    { name: 'b', version: '1' },
  ],
});
const SPDX = JSON.stringify({
  spdxVersion: 'SPDX-2.3',
  packages: [{ name: 'a', versionInfo: '1' }, { name: 'c' }],
});

it('counts the components of all bills once', () => {
  expect(observe(sbom, { 'sbom.cdx.json': CYCLONE, 'out/list.json': SPDX })).toEqual({
    value: { present: true, made: false, formats: ['CycloneDX', 'SPDX'], components: 3 },
    path: 'sbom.cdx.json',
  });
});

it.each([
  [
    'bom.xml',
    '<?xml version="1.0"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component><name>a</name></component></components></bom>',
    'CycloneDX',
  ],
  ['a.spdx', 'SPDXVersion: SPDX-2.3\nPackageName: a\n', 'SPDX'],
  [
    'a.spdx.json',
    '{"@context": "https://spdx.org/rdf/3.0.1/x", "@graph": [{"type": "software_Package", "name": "a"}, {"type": "Person"}]}',
    'SPDX',
  ],
])('reads %s', (path, source, format) => {
  expect(observe(sbom, { [path]: source })?.value).toEqual({
    present: true,
    made: false,
    formats: [format],
    components: 1,
  });
});

it('goes by what is in a file, not by its name', () => {
  const none = { value: { present: false, made: false, formats: [], components: 0 } };
  expect(
    observe(sbom, { 'sbom.json': '{"name": "x"}', 'bom.xml': '<project/>', 'a.json': '{"x": "bomFormat"}' }),
  ).toEqual(none);
});

it('names one that is broken', () => {
  expect(observe(sbom, { 'sbom.json': '{"bomFormat": "CycloneDX", ' })).toEqual({
    value: { present: false, made: false, formats: [], components: 0, unreadable: ['sbom.json'] },
    path: 'sbom.json',
  });
});

it.each([
  ['.github/workflows/release.yml', '        with:\n          push: true\n          sbom: true\n', true],
  ['.github/workflows/release.yml', '          sbom: false\n', false],
  ['.github/workflows/release.yml', '      - uses: anchore/sbom-action@v1\n', true],
  ['.github/workflows/release.yml', '      # - uses: anchore/sbom-action@v1\n', false],
  ['.gitlab-ci.yml', 'sbom:\n  script: [npm run build]\n', false],
  ['.gitlab-ci.yml', 'a:\n  script: [docker buildx build --sbom=true .]\n', true],
  ['.goreleaser.yml', 'builds: []\nsboms:\n  - artifacts: archive\n', true],
  ['pom.xml', '<plugin><artifactId>cyclonedx-maven-plugin</artifactId></plugin>', true],
  ['build.gradle.kts', 'plugins { id("org.cyclonedx.bom") }', true],
])('sees whether the build makes one: %s with %j', (path, source, made) => {
  expect(observe(sbom, { [path]: source })?.value).toMatchObject({ present: false, made });
});
