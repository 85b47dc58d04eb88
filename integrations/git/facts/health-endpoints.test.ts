import { describe, expect, it } from 'vitest';
import { healthEndpoints } from './health-endpoints.ts';
import { observe } from './scope.test-helper.ts';

const NONE = { declared: false, liveness: false, readiness: false };
const workload = (name: string, image: string, ...probes: string[]) =>
  `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  template:
    spec:
      containers:
        - image: ${image}
${probes.map((probe) => `          ${probe}Probe:\n            httpGet: { path: /health, port: 80 }\n`).join('')}`;
const seen = (files: Record<string, string>, folder = '') =>
  observe(healthEndpoints, files, { folder })?.value;

describe('healthEndpoints', () => {
  it('sees probes of its own workloads', () => {
    const files = { 'k8s/api.yaml': workload('api', 'shop/api:1', 'liveness', 'readiness') };
    expect(observe(healthEndpoints, files)).toEqual({
      value: { declared: true, liveness: true, readiness: true },
      path: 'k8s/api.yaml',
    });
    expect(seen({ 'k8s/api.yaml': workload('api', 'shop/api:1', 'readiness') })).toEqual({
      ...NONE,
      declared: true,
      readiness: true,
    });
  });

  it('does not take those of a database beside it', () => {
    expect(seen({ 'k8s/db.yaml': workload('db', 'postgres:17', 'liveness') })).toEqual(NONE);
  });

  it('finds the workload that is named as its folder', () => {
    const files = {
      'src/cart-service/main.go': '',
      'k8s/all.yaml': `${workload('other', 'o:1', 'liveness')}---\n${workload('cartservice', 'c:1', 'readiness')}`,
    };
    expect(seen(files, 'src/cart-service')).toEqual({ ...NONE, declared: true, readiness: true });
    expect(seen(files, 'src')).toEqual(NONE);
  });

  it('sees probes in templates, but none that is left empty', () => {
    const template = 'name: {{ .Chart.Name }}\nlivenessProbe:\n  {{- toYaml .Values.probe }}\n';
    expect(seen({ 'chart/templates/deployment.yaml': template })).toMatchObject({ liveness: true });
    expect(seen({ 'charts/cart/templates/d.yaml': template, 'src/cart/a.go': '' }, 'src/cart')).toMatchObject(
      { liveness: true },
    );
    expect(seen({ 'values.yaml': 'livenessProbe: {}\n# readinessProbe:\n' })).toEqual(NONE);
  });

  it('sees the health checks of Compose for what is built here, and of Docker', () => {
    const compose = (build: string) =>
      `services:\n  a:\n    build: ${build}\n    healthcheck: { test: x }\n  db:\n    image: postgres\n    healthcheck: { test: x }\n`;
    expect(seen({ 'compose.yaml': compose('./cart'), 'cart/a.go': '' }, 'cart')).toMatchObject({
      liveness: true,
      readiness: false,
    });
    expect(seen({ 'compose.yaml': compose('./web'), 'cart/a.go': '' }, 'cart')).toEqual(NONE);
    expect(
      seen(
        { 'compose.yaml': compose('{ context: ., dockerfile: cart/Dockerfile }'), 'cart/a.go': '' },
        'cart',
      ),
    ).toMatchObject({ liveness: true });
    const image = 'services:\n  a:\n    image: shop/cart:1\n    healthcheck: { test: x }\n';
    const named =
      'services:\n  cart:\n    build: { context: ., dockerfile: $CART_DOCKERFILE }\n    healthcheck: { test: x }\n';
    expect(seen({ 'compose.yaml': named, 'src/cart/a.go': '' }, 'src/cart')).toMatchObject({
      liveness: true,
    });
    expect(seen({ 'compose.yaml': image, 'src/cart/a.go': '' }, 'src/cart')).toMatchObject({
      liveness: true,
    });
    expect(seen({ 'compose.yaml': image, 'src/web/a.go': '' }, 'src/web')).toEqual(NONE);
    expect(seen({ Dockerfile: 'FROM a\nHEALTHCHECK CMD x' })).toEqual({
      ...NONE,
      declared: true,
      liveness: true,
    });
  });
});
