/** Sends mail by the server that the configuration names. */
import { createTransport } from 'nodemailer';
import { AtriumError } from '#model/errors.ts';
import { isLoopback } from '../kernel/loopback.ts';
import type { NoticesConfig } from '../kernel/notices-config.ts';
import { withoutSecrets } from '../kernel/secret.ts';

export interface Mail {
  /** Address of one person. */
  to: string;
  subject: string;
  text: string;
}

const CONNECT_MS = 10_000;
const SEND_MS = 30_000;
const USUAL_PORT = { 'smtp:': 587, 'smtps:': 465 } as const;

export class Mailer {
  readonly #email: NoticesConfig['email'];

  constructor({ email }: NoticesConfig) {
    this.#email = email;
  }

  /** Why nothing can be sent; null where a server is configured. */
  get missing(): string | null {
    if (this.#email) return null;
    return 'No mail server is configured: name one as notices.email, with server and from';
  }

  /** @throws {AtriumError} OUTSIDE_UNAVAILABLE */
  async send({ to, subject, text }: Mail): Promise<void> {
    if (!this.#email) throw new AtriumError('OUTSIDE_UNAVAILABLE', this.missing ?? '');
    const transport = createTransport(transportOf(this.#email));
    try {
      await transport.sendMail({
        from: this.#email.from,
        // As an object, so that nothing in it is read as a list of addresses.
        to: { name: '', address: to },
        subject,
        text,
        // So that nobody's absence note answers: https://www.rfc-editor.org/rfc/rfc3834
        headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    } catch (error) {
      const reason = withoutSecrets(error instanceof Error ? error.message : String(error));
      throw new AtriumError('OUTSIDE_UNAVAILABLE', `The mail server did not take a message: ${reason}`);
    } finally {
      transport.close();
    }
  }
}

function transportOf({ server, user, password }: NonNullable<NoticesConfig['email']>) {
  const { protocol, hostname, port } = new URL(server);
  const secure = protocol === 'smtps:';
  const host = hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: Number(port) || USUAL_PORT[secure ? 'smtps:' : 'smtp:'],
    secure,
    // A password does not go over the network in the clear.
    requireTLS: !secure && password !== undefined && !isLoopback(host),
    ...(user !== undefined && password && { auth: { user, pass: password.reveal() } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SEND_MS,
    dnsTimeout: CONNECT_MS,
  };
}
