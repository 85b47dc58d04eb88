import { describe, expect, it } from 'vitest';
import { maven } from './maven.ts';
import { treeOf } from './tree-of.test-helper.ts';

const pom = (inner: string) => `<project><groupId>org.acme</groupId>${inner}</project>`;

describe('maven', () => {
  it('lists modules and not their parent', () => {
    const tree = treeOf({
      'pom.xml': pom(
        '<artifactId>parent</artifactId><packaging>pom</packaging><modules><module>cart</module></modules>',
      ),
      'cart/pom.xml': pom(
        '<artifactId>acme-cart</artifactId><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies>',
      ),
      'cart/src/main/java/Cart.java': '@SpringBootApplication class Cart {}',
      'util/pom.xml': pom('<artifactId>util</artifactId>'),
      'util/src/main/java/Util.java': 'class Util {}',
    });
    expect(maven.detect(tree)).toMatchObject([
      {
        folder: 'cart',
        name: 'acme-cart',
        aliases: ['maven:org.acme:acme-cart'],
        type: 'service',
        framework: 'Spring Boot',
        language: 'Java',
      },
      { folder: 'util', type: 'library' },
    ]);
  });

  it('finds nothing in a broken pom', () => {
    expect(maven.detect(treeOf({ 'pom.xml': '<project><artifactId>' }))).toEqual([]);
  });
});
