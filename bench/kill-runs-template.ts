/** The template whose runs are killed: files, a repository, a request that must not be sent twice, and a last word. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, type Portal } from '../tools/portal.ts';

const TEMPLATE = 'template:default/killed';
const POLL_MS = 100;
/** So many runs end with a step that fails, and are rolled back. */
const EVERY_FAILING = 4;

/** @returns the configuration of a portal that knows the template. */
export function writeEstate(home: string, receiver: string): string {
  const folder = join(home, 'template');
  mkdirSync(join(folder, 'skeleton'), { recursive: true });
  writeFileSync(join(folder, 'skeleton/README.md'), '# ${{ values.name }}\n');
  writeFileSync(join(folder, 'catalog-info.yaml'), descriptor);
  const config = join(home, 'atrium.yaml');
  const text = {
    sources: [{ id: 'template', target: folder, discovery: false }],
    actions: { proxies: { receiver: { target: receiver } } },
    logLevel: 'error',
  };
  writeFileSync(config, JSON.stringify(text));
  return config;
}

const descriptor = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: killed, title: Killed }
spec:
  type: service
  owner: group:default/platform
  parameters:
    - title: Name
      required: [name]
      properties: { name: { type: string }, fails: { type: boolean } }
  steps:
    - { id: files, action: "fetch:template", input: { url: ./skeleton, values: { name: "\${{ parameters.name }}" } } }
    - { id: publish, action: "publish:git", input: { remoteUrl: "local:\${{ parameters.name }}" } }
    - { id: pause, action: "debug:wait", input: { milliseconds: 150 } }
    - { id: order, action: "http:request", input: { method: POST, path: /proxy/receiver/orders, body: {} } }
    - { id: say, action: "debug:log", input: { message: "\${{ steps.publish.output.commitHash }}" } }
    - { id: refuse, if: "\${{ parameters.fails }}", action: "fs:delete", input: { files: ["../elsewhere"] } }
  output:
    links: [{ title: Repository, url: "\${{ steps.publish.output.remoteUrl }}" }]
`;

export async function untilKnown({ url }: Portal): Promise<void> {
  for (;;) {
    const { items } = await ask<{ items: unknown[] }>(url, '/api/templates');
    if (items.length > 0) return;
    await sleep(POLL_MS);
  }
}

/** @returns the id of the run. */
export async function startOne({ url }: Portal, round: number): Promise<string> {
  const fails = round % EVERY_FAILING === 0;
  const body = JSON.stringify({ template: TEMPLATE, values: { name: `killed-${round}`, fails } });
  const headers = { 'content-type': 'application/json' };
  return (await ask<{ id: string }>(url, '/api/runs', { method: 'POST', headers, body })).id;
}
