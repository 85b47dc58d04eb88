import { describe, expect, it } from 'vitest';
import { cargo } from './cargo.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('cargo', () => {
  it('lists the crates of a workspace and not the workspace', () => {
    const tree = treeOf({
      'Cargo.toml': '[workspace]\nmembers = ["api", "core"]\n',
      'api/Cargo.toml': '[package]\nname = "api"\n[dependencies]\naxum = "1"\n',
      'api/src/main.rs': 'fn main() {}',
      'core/Cargo.toml': '[package]\nname = "core"\n',
      'core/src/lib.rs': '',
    });
    expect(cargo.detect(tree)).toMatchObject([
      {
        folder: 'api',
        name: 'api',
        type: 'service',
        framework: 'axum',
        language: 'Rust',
        aliases: ['cargo:api'],
      },
      { folder: 'core', type: 'library' },
    ]);
  });

  it('finds nothing in a broken manifest', () => {
    expect(cargo.detect(treeOf({ 'Cargo.toml': '[package' }))).toEqual([]);
  });
});
