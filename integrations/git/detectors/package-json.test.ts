import { describe, expect, it } from 'vitest';
import { packageJson } from './package-json.ts';
import { treeOf } from './tree-of.test-helper.ts';

const read = (manifest: object, more: Record<string, string> = {}) =>
  packageJson.detect(treeOf({ 'app/package.json': JSON.stringify(manifest), ...more }));

describe('package-json', () => {
  it('tells a website from a service by its framework', () => {
    expect(read({ name: '@acme/shop', dependencies: { next: '16', react: '19' } })).toMatchObject([
      {
        folder: 'app',
        name: '@acme/shop',
        aliases: ['npm:@acme/shop'],
        type: 'website',
        framework: 'Next.js',
        language: 'JavaScript',
      },
    ]);
    expect(
      read({ name: 'api', dependencies: { express: '5' }, devDependencies: { typescript: '7' } }),
    ).toMatchObject([{ type: 'service', framework: 'Express', language: 'TypeScript' }]);
  });

  it('takes a published package for a library and one with commands for a tool', () => {
    expect(read({ name: 'ui', exports: './index.js', peerDependencies: { react: '19' } })).toMatchObject([
      { type: 'library' },
    ]);
    expect(read({ name: 'cli', bin: './cli.js' })).toMatchObject([{ type: 'tool' }]);
  });

  it('leaves out roots of workspaces, descriptions of infrastructure and broken files', () => {
    expect(read({ name: 'root', workspaces: ['packages/*'] })).toEqual([]);
    expect(read({ name: 'infra', dependencies: { 'aws-cdk-lib': '2' } })).toEqual([]);
    expect(packageJson.detect(treeOf({ 'package.json': '{ "name": ' }))).toEqual([]);
  });
});
