import { describe, expect, it } from 'vitest';
import { helm } from './helm.ts';
import { treeOf } from './tree-of.test-helper.ts';

const template = `{{- if .Values.cart.create }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Values.cart.name }}
spec:
  template:
    spec:
      containers:
      - image: {{ .Values.repo }}/{{ .Values.cart.name }}:{{ .Chart.AppVersion }}
        env:
        - name: USERS_ADDR
          value: "users:80"
        {{- if .Values.tracing }}
        - name: COLLECTOR_ADDR
          value: "collector:4317"
        {{- else }}
        - name: QUIET
          value: "1"
        {{- end }}
{{- end }}
`;

describe('helm', () => {
  it('fills in values and leaves out branches that are switched off', () => {
    const tree = treeOf({
      'chart/Chart.yaml': 'name: shop\nappVersion: "1"\n',
      'chart/values.yaml': 'repo: acme\ntracing: false\ncart: { create: true, name: cart }\n',
      'chart/templates/cart.yaml': template,
    });
    expect(helm.detect(tree)).toMatchObject([
      { what: 'resource', name: 'cart', aliases: ['image:cart'] },
      { what: 'dependency', from: { name: 'cart' }, to: 'users' },
    ]);
  });
});
