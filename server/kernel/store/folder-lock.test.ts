import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { lockFolder } from './folder-lock.ts';

const folder = () => mkdtempSync(join(tmpdir(), 'atrium-lock-'));

it('lets one holder in at a time', async () => {
  const path = folder();
  const unlock = await lockFolder(path);
  await expect(lockFolder(path)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
  await unlock();
  await (await lockFolder(path))();
});

it('is free again after its holder was killed', async () => {
  const path = folder();
  const script = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, 'folder-lock.ts'))};
    await lockFolder(${JSON.stringify(path)}); console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  await expect(lockFolder(path)).rejects.toMatchObject({ code: 'DATA_FOLDER_LOCKED' });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await (await lockFolder(path))();
});
