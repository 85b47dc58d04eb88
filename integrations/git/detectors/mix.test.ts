import { describe, expect, it } from 'vitest';
import { mix } from './mix.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('mix', () => {
  it('reads an application and leaves out an umbrella', () => {
    const tree = treeOf({
      'mix.exs': 'def project do [apps_path: "apps"] end',
      'apps/web/mix.exs': 'def project do [app: :web, deps: [{:phoenix, "~> 1.8"}]] end',
      'apps/core/mix.exs': 'def project do [app: :core] end',
    });
    expect(mix.detect(tree)).toMatchObject([
      { folder: 'apps/core', name: 'core', type: 'library' },
      { folder: 'apps/web', name: 'web', type: 'service', framework: 'Phoenix', language: 'Elixir' },
    ]);
  });
});
