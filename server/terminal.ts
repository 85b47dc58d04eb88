import type { FastifyInstance } from 'fastify';
import { terminalText } from '#model/terminal-text.ts';
import type { ServerArguments } from './arguments.ts';
import { hasSample } from './sample-source.ts';
import type { SourceManager } from './sources/index.ts';

/** Says where the portal is; commands that start one read the address from this line. */
export function announce(app: FastifyInstance, { host, tls, database, sources }: ServerArguments): void {
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const shown = host.includes(':') ? `[${host}]` : host;
  console.log(`Atrium is at ${tls ? 'https' : 'http'}://${shown}:${port}`);
  if (sources.length === 0) {
    const shows = hasSample() ? 'a sample estate' : 'nothing yet';
    console.log(
      `It shows ${shows}. To see your own: npm start -- PATH (folders with git repositories below)`,
    );
  }
  if (database) console.log('Store: PostgreSQL');
}

/** Prints the first reading as it goes: one line that is rewritten on a terminal, a few lines elsewhere. */
export function showProgress(manager: SourceManager): void {
  const started = Date.now();
  const stop = manager.onChange(() => {
    const { sources, ready } = manager.current();
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    if (ready) {
      stop();
      clearLine();
      for (const { title, state, error } of sources) {
        const said = state === 'failed' ? `${error?.message}. ${error?.remedy}` : 'read and watched';
        console.log(terminalText(`${title}: ${said}`));
      }
      console.log(`First reading took ${seconds} s`);
    } else if (process.stdout.isTTY) {
      clearLine();
      process.stdout.write(terminalText(sources.map(describe).join('  ')));
    }
  });
}

function clearLine(): void {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
}

function describe({ title, progress }: ReturnType<SourceManager['current']>['sources'][number]): string {
  if (!progress) return `${title}: waiting`;
  return `${title}: ${progress.done}${progress.total ? ` of ${progress.total}` : ''} ${progress.current ?? ''}`.slice(
    0,
    100,
  );
}
