import { describe, expect, it } from 'vitest';
import { gradle } from './gradle.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('gradle', () => {
  it('reads a program, a library and the name in the settings', () => {
    const tree = treeOf({
      'ad/build.gradle': "plugins { id 'application' }\nimplementation 'io.grpc:grpc-netty:1'",
      'ad/settings.gradle': "rootProject.name = 'ads'",
      'ad/src/main/java/Ad.java': 'class Ad {}',
      'lib/build.gradle.kts': 'plugins { kotlin("jvm") }',
      'lib/src/main/kotlin/Lib.kt': 'class Lib',
    });
    expect(gradle.detect(tree)).toMatchObject([
      { folder: 'ad', name: 'ads', type: 'service', language: 'Java', framework: 'gRPC' },
      { folder: 'lib', type: 'library', language: 'Kotlin' },
    ]);
  });

  it('leaves out a root that only gathers projects', () => {
    expect(
      gradle.detect(treeOf({ 'build.gradle': 'allprojects {}', 'settings.gradle': "include 'a'" })),
    ).toEqual([]);
  });
});
