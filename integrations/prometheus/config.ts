/** The configuration of a source that asks Prometheus. */
import type { SecretValue } from '#model/integration.ts';

export interface PrometheusConfig {
  target: string;
  token?: SecretValue;
  pollSeconds: number;
}

export const configSchema = {
  type: 'object',
  required: ['target'],
  additionalProperties: false,
  properties: {
    target: {
      type: 'string',
      pattern: '^https?://',
      description:
        'Address of Prometheus, or of what answers its HTTP API (Thanos, Mimir, VictoriaMetrics); `/api/v1/query` comes behind it.',
    },
    token: { secret: true, description: 'Sent as `Authorization: Bearer …`, where one is needed.' },
    pollSeconds: {
      type: 'number',
      minimum: 10,
      default: 60,
      description: 'How often error budgets are worked out anew.',
    },
  },
} as const;
