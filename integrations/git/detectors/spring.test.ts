import { describe, expect, it } from 'vitest';
import { spring } from './spring.ts';
import { treeOf } from './tree-of.test-helper.ts';

const resources = 'src/main/resources';

function edges(files: Record<string, string>): string[] {
  return spring
    .detect(treeOf(files))
    .flatMap((one) => (one.what === 'dependency' ? [`${Object.values(one.from)[0]} ${one.to}`] : []));
}

describe('spring', () => {
  const application = `spring:
  application: { name: gateway }
  config: { import: 'optional:configserver:\${URL:http://config:8888/}' }
  cloud: { gateway: { routes: [{ id: a, uri: 'lb://vets' }] } }
`;

  it('reads the run-time name and the addresses', () => {
    const files = { [`gw/${resources}/application.yml`]: application };
    expect(spring.detect(treeOf(files))).toContainEqual(
      expect.objectContaining({ what: 'component', folder: 'gw', name: 'gateway' }),
    );
    expect(edges(files)).toEqual(['gw config', 'gw vets']);
  });

  it('reads properties with defaults', () => {
    expect(
      edges({
        [`${resources}/application.properties`]: `spring.data.mongodb.uri=mongodb://\${db:orders-db}:27017/data\n`,
      }),
    ).toEqual([' orders-db']);
  });

  it('says of the applications what a config server keeps for them', () => {
    const files = {
      'config/pom.xml': '<artifactId>spring-cloud-config-server</artifactId>',
      [`config/${resources}/shared/application.yml`]:
        'eureka: { client: { serviceUrl: { defaultZone: "http://registry:8761/" } } }',
      [`config/${resources}/shared/accounts.yml`]: 'spring: { data: { mongodb: { host: accounts-db } } }',
    };
    expect(edges(files).sort()).toEqual(['accounts accounts-db', 'accounts registry']);
  });
});
