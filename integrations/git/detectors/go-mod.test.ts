import { describe, expect, it } from 'vitest';
import { goMod } from './go-mod.ts';
import { treeOf } from './tree-of.test-helper.ts';

const main = 'package main\nfunc main() {}\n';

describe('go-mod', () => {
  it('reads a module with one program', () => {
    const tree = treeOf({
      'src/cart/go.mod': 'module example.com/shop/cart\nrequire google.golang.org/grpc v1.0.0\n',
      'src/cart/main.go': main,
    });
    expect(goMod.detect(tree)).toMatchObject([
      {
        folder: 'src/cart',
        name: 'cart',
        type: 'service',
        language: 'Go',
        framework: 'gRPC',
        aliases: ['go:example.com/shop/cart'],
      },
    ]);
  });

  it('lists several programs and makes the one of the module’s name the module', () => {
    const tree = treeOf({
      'go.mod': 'module example.com/pod\n',
      'cmd/pod/main.go': main,
      'cmd/podcli/main.go': main,
    });
    expect(goMod.detect(tree)).toMatchObject([
      { folder: '', name: 'pod', type: 'service' },
      { folder: 'cmd/podcli', name: 'podcli', type: 'tool' },
    ]);
  });

  it('takes a module without a program for a library and leaves out one that pins tools', () => {
    expect(goMod.detect(treeOf({ 'go.mod': 'module m\n', 'm.go': 'package m\n' }))).toMatchObject([
      { type: 'library' },
    ]);
    expect(
      goMod.detect(treeOf({ 'go.mod': 'module t\n', 'tools.go': '//go:build tools\npackage tools\n' })),
    ).toEqual([]);
  });
});
