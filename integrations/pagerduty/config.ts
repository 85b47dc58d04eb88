/** The configuration of a source that asks PagerDuty. */
import type { SecretValue } from '#model/integration.ts';

export interface PagerDutyConfig {
  target: string;
  token: SecretValue;
  pollSeconds: number;
}

export const configSchema = {
  type: 'object',
  required: ['target', 'token'],
  additionalProperties: false,
  properties: {
    target: {
      type: 'string',
      pattern: '^https?://',
      description: '`https://api.pagerduty.com`, or `https://api.eu.pagerduty.com` for accounts in the EU.',
    },
    token: { secret: true, description: 'API key of the REST API; one that may only read is enough.' },
    pollSeconds: {
      type: 'number',
      minimum: 10,
      // Between two answers what was last said is shown as what is, so that must not take long.
      maximum: 300,
      default: 60,
      description: 'How often it is asked who is on call.',
    },
  },
} as const;
