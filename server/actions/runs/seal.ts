/** Keeps what is secret in the store unreadable for whoever has only the store. */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AtriumError } from '#model/errors.ts';
import type { Secret } from '../../kernel/secret.ts';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const MARK_BYTES = 4;
const KEY_FILE = 'run-key';

export class Seal {
  readonly #key: Buffer;
  /** Tells which key was used, and nothing about it. */
  readonly #mark: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
    this.#mark = createHash('sha256').update('mark').update(key).digest().subarray(0, MARK_BYTES);
  }

  /** @param of what it belongs to: it opens for nothing else. */
  seal(plain: Uint8Array | string, of: string): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv).setAAD(Buffer.from(of));
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([this.#mark, iv, cipher.getAuthTag(), body]);
  }

  /** @throws {AtriumError} SEAL_UNREADABLE */
  open(sealed: Uint8Array, of: string): Buffer {
    const bytes = Buffer.from(sealed);
    if (!bytes.subarray(0, MARK_BYTES).equals(this.#mark)) {
      throw new AtriumError('SEAL_UNREADABLE', 'The secrets of the run were sealed with another key');
    }
    const tagAt = MARK_BYTES + IV_BYTES;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(MARK_BYTES, tagAt))
      .setAAD(Buffer.from(of))
      .setAuthTag(bytes.subarray(tagAt, tagAt + TAG_BYTES));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(tagAt + TAG_BYTES)), decipher.final()]);
    } catch (cause) {
      throw new AtriumError('SEAL_UNREADABLE', 'What the run had sealed has been changed', { cause });
    }
  }

  sealJson(value: unknown, of: string): Buffer {
    return this.seal(JSON.stringify(value), of);
  }

  openJson(sealed: Uint8Array, of: string): unknown {
    return JSON.parse(this.open(sealed, of).toString());
  }

  /** The same for the same content, and no help in guessing it. */
  nameOf(content: Uint8Array): string {
    return createHmac('sha256', this.#key).update(content).digest('hex');
  }
}

/**
 * The key is made of what the configuration gives; without that it stands in a file in the data folder, made when
 * there is none.
 */
export function readSeal(dataDir: string, configured?: Secret): Seal {
  if (!configured) return new Seal(readKeyFile(dataDir));
  return new Seal(Buffer.from(hkdfSync('sha256', configured.reveal(), 'atrium', 'runs', KEY_BYTES)));
}

function readKeyFile(dataDir: string): Buffer {
  const path = join(dataDir, KEY_FILE);
  mkdirSync(dataDir, { recursive: true });
  try {
    // Of several processes that start at once, one writes it.
    writeFileSync(path, randomBytes(KEY_BYTES), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const key = readFileSync(path);
  if (key.length === KEY_BYTES) return key;
  throw new AtriumError('SEAL_UNREADABLE', `${path} is no key: it must have ${KEY_BYTES} bytes`);
}
