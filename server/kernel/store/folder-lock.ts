import { createHash } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AtriumError } from '#model/errors.ts';

/**
 * Holds a data folder for this process. The lock is a local socket, not a file with a process id: the
 * system drops it however the process ends, and a leftover name is told from a held one by knocking.
 * @throws {AtriumError} DATA_FOLDER_LOCKED when another process holds the folder.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = socketPath(folder);
  const server = (await listen(path)) ?? (await takeOver(path));
  if (!server) throw new AtriumError('DATA_FOLDER_LOCKED', `The data folder ${folder} is in use`);
  server.unref();
  return () => new Promise((done) => server.close(() => done()));
}

/** In the system's folder for temporary files: a socket's path has a limit of about 100 characters. */
function socketPath(folder: string): string {
  const name = `atrium-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.end());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(path, () => resolve(server));
  });
}

async function takeOver(path: string): Promise<Server | undefined> {
  if (await answers(path)) return undefined;
  unlinkSync(path);
  return listen(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
