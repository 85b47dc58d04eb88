import { describe, expect, it } from 'vitest';
import { gemfile } from './gemfile.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('gemfile', () => {
  it('reads an application and a gem', () => {
    const tree = treeOf({
      'shop/Gemfile': "gem 'rails', '~> 8'\n",
      'lib/money.gemspec': "Gem::Specification.new { |s| s.name = 'money'\n s.summary = 'Sums' }",
      'lib/Gemfile': 'gemspec',
    });
    expect(gemfile.detect(tree)).toMatchObject([
      { folder: 'lib', name: 'money', type: 'library', description: 'Sums' },
      { folder: 'shop', type: 'service', framework: 'Rails', language: 'Ruby' },
    ]);
  });

  it('leaves out the tools of a site or of an app’s release', () => {
    expect(gemfile.detect(treeOf({ Gemfile: "gem 'jekyll'" }))).toEqual([]);
    expect(gemfile.detect(treeOf({ Gemfile: "gem 'fastlane'" }))).toEqual([]);
  });
});
