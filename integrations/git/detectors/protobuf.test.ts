import { describe, expect, it } from 'vitest';
import { protobufFiles } from './protobuf.ts';
import { treeOf } from './tree-of.test-helper.ts';

const proto = (services: string[], name = 'shop') =>
  `syntax = "proto3";\npackage ${name};\n${services.map((one) => `service ${one} {}`).join('\n')}\n`;

describe('protobuf', () => {
  it('makes one API of a definition, its copies and its excerpts', () => {
    const whole = proto(['Cart', 'Ad']);
    const tree = treeOf({
      'protos/shop.proto': whole,
      'src/ad/proto/shop.proto': whole,
      'src/cart/Cart.proto': proto(['Cart']),
    });
    expect(protobufFiles.detect(tree)).toMatchObject([
      { name: 'shop', type: 'grpc', folder: 'protos', services: ['Cart', 'Ad'], definition: whole },
    ]);
  });

  it('tells two definitions of one package apart and passes by the platform’s', () => {
    const tree = treeOf({
      'a/cart.proto': proto(['Cart']),
      'b/ads.proto': proto(['Ad']),
      'health.proto': proto(['Health'], 'grpc.health.v1'),
      'types.proto': 'message A {}',
    });
    expect(protobufFiles.detect(tree).map((one) => 'name' in one && one.name)).toEqual([
      'shop.cart',
      'shop.ads',
    ]);
  });

  it('finds the services of a file that does not parse', () => {
    expect(protobufFiles.detect(treeOf({ 'a.proto': 'package odd;\nservice Odd {\n' }))).toMatchObject([
      { name: 'odd', services: ['Odd'] },
    ]);
  });
});
