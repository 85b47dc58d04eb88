import { describe, expect, it } from 'vitest';
import { readDescriptors } from './descriptor.ts';
import { toDescriptorYaml } from './to-yaml.ts';

const entity = {
  kind: 'Component',
  apiVersion: 'backstage.io/v1alpha1',
  spec: { dependsOn: ['resource:db'], owner: 'team-a', type: 'service', lifecycle: 'production' },
  metadata: {
    annotations: { 'example.com/port': '8080', 'a.b/c': 'true' },
    name: 'shop',
    namespace: 'default',
    uid: 'x',
    description: 'One\nand two: "three"\n',
  },
  relations: [],
};

describe('toDescriptorYaml', () => {
  it('writes known keys in order, with notes', () => {
    const notes = {
      'spec.owner': 'guessed from\nCODEOWNERS',
      'metadata.annotations.a.b/c': 'why',
      'spec.dependsOn': 'from compose.yaml',
      'spec.none': 'x',
    };
    expect(toDescriptorYaml(entity, { notes })).toBe(`apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: shop
  description: |
    One
    and two: "three"
  annotations:
    example.com/port: "8080"
    a.b/c: "true" # why
spec:
  type: service
  lifecycle: production
  owner: team-a # guessed from CODEOWNERS
  # from compose.yaml
  dependsOn:
    - resource:db
`);
  });

  it('reads back as it was', () => {
    const [document] = readDescriptors(toDescriptorYaml(entity));
    const { annotations, name, description } = entity.metadata;
    expect(document?.value).toEqual({
      apiVersion: entity.apiVersion,
      kind: entity.kind,
      metadata: { annotations, name, description },
      spec: entity.spec,
    });
  });
});
