/** Sources for tests, without anything outside. */
import type { Source, SourceContext } from '#model/integration.ts';
import { entity, reading } from '#tools/test-store.ts';
import type { ConfiguredSource } from './source-runner.ts';

/** Reads what it is told to, and then watches until it is stopped. */
export function testSource(id: string, read: Source['read']): ConfiguredSource {
  const watch = ({ signal }: SourceContext) =>
    new Promise<void>((done) => (signal.aborted ? done() : signal.addEventListener('abort', () => done())));
  return {
    id,
    integration: 'fake',
    title: id,
    target: `/${id}`,
    promiseSeconds: 60,
    workDir: '',
    source: { read, watch },
  };
}

/** One file with one component. */
export async function readPay({ apply }: SourceContext): Promise<string[]> {
  await apply([reading('pay.yaml', [entity('Component:pay', { type: 'service' })])]);
  return ['pay.yaml'];
}
