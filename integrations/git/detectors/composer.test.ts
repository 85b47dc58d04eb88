import { describe, expect, it } from 'vitest';
import { composer } from './composer.ts';
import { treeOf } from './tree-of.test-helper.ts';

describe('composer', () => {
  it('reads an application and a library', () => {
    const tree = treeOf({
      'shop/composer.json': '{"name":"acme/shop","require":{"laravel/framework":"^12"}}',
      'money/composer.json': '{"name":"acme/money","type":"library","description":"Sums"}',
    });
    expect(composer.detect(tree)).toMatchObject([
      { folder: 'money', type: 'library', aliases: ['composer:acme/money'], description: 'Sums' },
      { folder: 'shop', type: 'service', framework: 'Laravel', language: 'PHP' },
    ]);
  });
});
