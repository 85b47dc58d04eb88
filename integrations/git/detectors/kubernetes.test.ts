import { describe, expect, it } from 'vitest';
import { kubernetes } from './kubernetes.ts';
import { treeOf } from './tree-of.test-helper.ts';

const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers:
        - image: registry.example/cart:1
          env:
            - { name: REDIS_ADDR, value: 'redis-cart:6379' }
            - { name: PORT, value: '8080' }
          envFrom: [{ configMapRef: { name: settings } }]
---
apiVersion: v1
kind: Service
metadata: { name: cart-api }
spec: { selector: { app: cart } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { USER_API_ADDR: 'users.shop.svc.cluster.local:8080', DB: 'jdbc:postgresql://ledger-db:5432/x' }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: redis-cart }
spec: { template: { spec: { containers: [{ image: 'redis:alpine' }] } } }
`;

describe('kubernetes', () => {
  const found = kubernetes.detect(treeOf({ 'k8s/all.yaml': manifest }));

  it('names workloads with their image and services', () => {
    expect(found).toContainEqual(
      expect.objectContaining({
        what: 'resource',
        name: 'cart',
        type: 'workload',
        aliases: ['image:cart', 'cart-api'],
      }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ what: 'resource', name: 'redis-cart', type: 'cache' }),
    );
  });

  it('follows settings, those of config maps too', () => {
    const targets = found.flatMap((one) => (one.what === 'dependency' ? [one.to] : []));
    expect(targets).toEqual(['redis-cart', 'users', 'ledger-db']);
  });

  it('passes by patches and broken files', () => {
    const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart }\nspec: { replicas: 2 }\n';
    expect(kubernetes.detect(treeOf({ 'patch.yaml': patch, 'bad.yaml': 'apiVersion: v1\nkind: [' }))).toEqual(
      [],
    );
  });
});
