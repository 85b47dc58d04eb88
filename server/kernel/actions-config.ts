/** The part of the configuration that says how self-service actions are run. */
import { z } from 'zod';
import { secretSchema } from './secret.ts';

const hostSchema = z.strictObject({
  kind: z.enum(['github', 'gitlab']).describe('Which API it has'),
  host: z.string().min(1).describe('As templates name it in repoUrl: `github.com`'),
  apiUrl: z.url().optional().describe('Where its REST API is; the usual place of the host when absent'),
  token: secretSchema.describe('What repositories, pull requests and issues are made with'),
});

const clusterSchema = z.strictObject({
  name: z.string().min(1).describe('As templates name it'),
  server: z.url().describe('Address of its API server'),
  token: secretSchema.describe('Token of a service account'),
  ca: secretSchema
    .optional()
    .describe('Certificate (PEM) that vouches for the server, where no public one does'),
});

const jenkinsSchema = z.strictObject({
  url: z.url().describe('Address of the start page'),
  user: z.string().min(1).describe('User that builds are started as'),
  token: secretSchema.describe('API token of that user'),
});

const slackSchema = z
  .strictObject({
    webhook: secretSchema.optional().describe('Address of an incoming webhook'),
    token: secretSchema.optional().describe('Token of a bot with chat:write; wins where both are given'),
    apiUrl: z.url().optional().describe('Where its API is, for a gateway in front of it'),
  })
  .refine(({ webhook, token }) => webhook || token, 'needs a webhook or a token');

export const actionsConfigSchema = z
  .strictObject({
    trusted: z
      .array(z.string())
      .default([])
      .describe('Globs of the locations whose templates may be started; every one when empty'),
    concurrency: z
      .number()
      .int()
      .min(1)
      .max(64)
      .default(4)
      .describe('How many runs a process is at at a time'),
    proxies: z
      .record(
        z.string().regex(/^[\w.-]+$/),
        z.strictObject({
          target: z.url().describe('What `/proxy/NAME/…` of a request in a template leads to'),
          authorization: secretSchema.optional().describe('Sent along as the Authorization header'),
        }),
      )
      .default({}),
    steps: z
      .array(z.string())
      .default([])
      .describe('Files of step actions of your own, each with one as its default export'),
    local: z
      .boolean()
      .optional()
      .describe(
        'Whether pipelines and services of templates may be run on this machine; as a portal without sign-in does',
      ),
    secretKey: secretSchema
      .optional()
      .describe('Seals the secrets of runs; needed where several processes share a PostgreSQL'),
    hosts: z
      .array(hostSchema)
      .default([])
      .describe('Hosts of repositories that step actions may make something at'),
    clusters: z
      .array(clusterSchema)
      .default([])
      .describe('Kubernetes clusters that step actions may apply manifests to'),
    jenkins: jenkinsSchema.optional().describe('The Jenkins whose jobs step actions may build'),
    slack: slackSchema.optional().describe('How step actions send messages to Slack'),
  })
  .prefault({});
export type ActionsConfig = z.infer<typeof actionsConfigSchema>;
export type HostConfig = ActionsConfig['hosts'][number];
