/** HTTPS from files: a certificate and its key. */
import { readFileSync } from 'node:fs';
import type { RequestListener, ServerOptions } from 'node:http';
import { createServer, type Server } from 'node:https';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { AtriumError } from '#model/errors.ts';
import type { Log } from './log.ts';

export interface TlsFiles {
  /** Path of the certificate and those that it follows on, as PEM. */
  certificate: string;
  /** Path of its private key, as PEM. */
  key: string;
}

export interface HttpsOptions extends TlsFiles {
  /** How often the files are read again. */
  renewEveryMs?: number;
}

/** Certificates are renewed days before they end. */
const RENEW_EVERY_MS = 3_600_000;
const SLOWEST_HANDSHAKE_MS = 15_000;

/**
 * Forward secrecy and authenticated encryption alone: those of TLS 1.3, and for 1.2 those that Mozilla calls
 * intermediate, without finite-field Diffie-Hellman (https://wiki.mozilla.org/Security/Server_Side_TLS, 5.7).
 */
const strict: SecureContextOptions = {
  minVersion: 'TLSv1.2',
  honorCipherOrder: true,
  ciphers: [
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'TLS_AES_128_GCM_SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305',
    'ECDHE-RSA-CHACHA20-POLY1305',
    'ECDHE-ECDSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
  ].join(':'),
};

/** @throws {AtriumError} CONFIG_INVALID when the files can't be read, or don't belong together. */
export function createHttpsServer(
  handler: RequestListener,
  http: ServerOptions,
  { renewEveryMs = RENEW_EVERY_MS, ...files }: HttpsOptions,
  log: Log,
): Server {
  let pair = readPair(files);
  const server = createServer(
    { ...http, ...strict, ...pair, handshakeTimeout: SLOWEST_HANDSHAKE_MS },
    handler,
  );
  const timer = setInterval(() => {
    try {
      const found = readPair(files);
      if (found.cert === pair.cert && found.key === pair.key) return;
      pair = found;
      server.setSecureContext({ ...strict, ...pair });
      log.info({ certificate: files.certificate }, 'the certificate was renewed');
    } catch (error) {
      // One of the two may be written before the other.
      log.error({ err: error }, 'the certificate was not renewed');
    }
  }, renewEveryMs);
  timer.unref();
  server.once('close', () => clearInterval(timer));
  return server;
}

function readPair({ certificate, key }: TlsFiles): { cert: string; key: string } {
  const pair = { cert: read('certificate', certificate), key: read('key', key) };
  try {
    createSecureContext(pair);
    return pair;
  } catch (cause) {
    const what = `tls: ${certificate} and ${key} are no certificate and its key`;
    throw new AtriumError('CONFIG_INVALID', `${what}: ${(cause as Error).message}`, { cause });
  }
}

function read(name: keyof TlsFiles, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const what = `tls.${name}: ${path} can't be read`;
    throw new AtriumError('CONFIG_INVALID', `${what}: ${(cause as Error).message}`, { cause });
  }
}
