import { describe, expect, it } from 'vitest';
import { settingHosts, urlHosts } from './addresses.ts';
import { renderTemplate } from './helm-template.ts';
import { baseImage, imageName, imageType } from './images.ts';
import { entityName } from './names.ts';
import { parseYaml } from './parse.ts';
import { isOurs, joinPath } from './paths.ts';

describe('reading', () => {
  it('finds hosts that may be names of the estate', () => {
    const hosts = (source: string) => urlHosts(source).map(({ host }) => host);
    expect(hosts('http://cart:80/x lb://vets amqp://u:p@mq:5672 jdbc:mysql://db/x')).toEqual([
      'cart',
      'vets',
      'mq',
      'db',
    ]);
    expect(
      hosts(`http://localhost:80 https://redis.io/ https://example.com/ http://10.0.0.1 http://\${host}/`),
    ).toEqual([]);
    expect(hosts('http://cart.shop.svc.cluster.local:80')).toEqual(['cart']);
    expect(hosts('http://cart.shop:8080/')).toEqual(['cart']);
    expect(settingHosts('REDIS_HOST', 'redis').map(({ host }) => host)).toEqual(['redis']);
    expect(settingHosts('MODE', 'redis')).toEqual([]);
  });

  it('reads what an image is for', () => {
    expect(imageName('registry:5000/acme/cart:1@sha256:x')).toBe('cart');
    expect(
      ['bitnami/redis:7', 'acme/shop-mongodb', 'jaegertracing/all-in-one', 'acme/cart'].map(imageType),
    ).toEqual(['cache', 'database', 'observability', undefined]);
    expect(baseImage('FROM node AS build\nFROM build AS more\nFROM more')).toBe('node');
  });

  it('knows which folders are of the estate', () => {
    expect(['src/cart', 'src/main/java/org/samples/x', 'latest', 'docs-site'].map(isOurs)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(
      [
        'cart/tests',
        'vendor/x',
        '.github',
        'a/Cart.Tests',
        `skeleton/\${{ values.name }}`,
        'a/src/test/java',
      ].map(isOurs),
    ).toEqual(Array.from({ length: 6 }, () => false));
    expect(joinPath('a/b', '../c/./d')).toBe('a/c/d');
  });

  it('makes valid names', () => {
    expect(['@acme/Café app', '--', 'x'.repeat(80)].map(entityName)).toEqual([
      'acme-Cafe-app',
      'unnamed',
      'x'.repeat(63),
    ]);
  });

  it('reads YAML that is not quite plain', () => {
    expect(parseYaml('a: &x { b: 1 }\nc: { <<: *x }\n')).toEqual([{ a: { b: 1 }, c: { b: 1 } }]);
    expect(parseYaml('a: [\n  1\n]\nb: !Ref x\n')).toMatchObject([{ a: [1] }]);
  });

  it('fills a chart’s templates', () => {
    const values = { on: false, image: { name: 'cart' } };
    const source =
      'a: {{ .Values.image.name }}\n{{- if .Values.on }}\nb: 1\n{{- else }}\nc: {{ .Values.x | default "y" }}\n{{- end }}\n';
    expect(renderTemplate(source, values, { name: 'shop', version: '1' })).toBe('a: cart\nc: y\n');
  });
});
