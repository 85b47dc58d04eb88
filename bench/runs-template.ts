/** The template of which many runs are measured: steps that only write a line. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const TEMPLATE = 'template:default/lines';

/** @returns the folder in which its descriptor stands. */
export function writeTemplate(folder: string, steps: number): string {
  const names = Array.from({ length: steps }, (_, index) => `line-${index + 1}`);
  const step = (name: string) =>
    `    - { id: ${name}, name: ${name}, action: "debug:log", input: { message: "${name} \${{ parameters.name }}" } }`;
  mkdirSync(folder, { recursive: true });
  const text = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: lines, title: Lines }
spec:
  type: service
  owner: group:default/platform
  parameters:
    - title: Name
      required: [name]
      properties: { name: { type: string } }
  steps:
${names.map(step).join('\n')}
`;
  writeFileSync(join(folder, 'catalog-info.yaml'), text);
  return folder;
}

/** Sends requests, so many at a time. */
export async function inParallel(count: number, width: number, send: (index: number) => Promise<unknown>) {
  let next = 0;
  const line = async () => {
    for (let index = next++; index < count; index = next++) await send(index);
  };
  await Promise.all(Array.from({ length: width }, line));
}
