/** Mail through a real SMTP server. */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, it } from 'vitest';
import { noticesConfigSchema } from '#server/kernel/notices-config.ts';
import { Mailer } from './mailer.ts';

let server: SMTPServer | undefined;
let received: { from: string; to: string[]; user: string | undefined; message: string }[] = [];

afterEach(async () => {
  received = [];
  await new Promise<void>((done) => (server ? server.close(() => done()) : done()));
  server = undefined;
});

/** @returns its address. @param password without one whoever comes may send. */
async function startServer(password?: string): Promise<string> {
  const made = new SMTPServer({
    authOptional: password === undefined,
    disabledCommands: ['STARTTLS'],
    onAuth: (auth, _session, callback) =>
      auth.password === password ? callback(null, { user: auth.username }) : callback(new Error('Not you')),
    onRcptTo: ({ address }, _session, callback) =>
      callback(address.startsWith('nobody@') ? new Error('No such mailbox') : null),
    onData(stream, session, callback) {
      void text(stream).then((message) => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        received.push({ from: mailFrom ? mailFrom.address : '', to, user: session.user as string, message });
        callback();
      });
    },
  });
  server = made;
  await new Promise<void>((done) => made.listen(0, '127.0.0.1', () => done()));
  return `smtp://127.0.0.1:${(made.server.address() as AddressInfo).port}`;
}

const mailer = (email: object) => new Mailer(noticesConfigSchema.parse({ email }));
const from = 'Atrium <atrium@example.com>';
const mail = { to: 'ada@example.com', subject: 'Zwei Dinge – für dich', text: 'Grüße\n\n.\nEnde' };

it('sends one message, whatever is in it', async () => {
  await mailer({ server: await startServer(), from }).send(mail);
  expect(received).toMatchObject([{ from: 'atrium@example.com', to: ['ada@example.com'] }]);
  const [{ message } = { message: '' }] = received;
  expect(message).toContain('Auto-Submitted: auto-generated');
  expect(message).toMatch(/^To: .*ada@example\.com/m);
  expect(message).toContain('=C3=BC');
});

it('signs in where it is told to', async () => {
  process.env.ATRIUM_TEST_MAIL = 'a-long-password';
  const server = await startServer('a-long-password');
  await mailer({ server, from, user: 'atrium', password: { env: 'ATRIUM_TEST_MAIL' } }).send(mail);
  expect(received).toMatchObject([{ user: 'atrium' }]);
  process.env.ATRIUM_TEST_MAIL = 'another-password';
  const wrong = mailer({ server, from, user: 'atrium', password: { env: 'ATRIUM_TEST_MAIL' } }).send(mail);
  await expect(wrong).rejects.toThrow(/did not take a message: .*Not you/);
  await expect(wrong).rejects.not.toThrow('another-password');
});

it('sends to one address and no more, however it is written', async () => {
  const server = await startServer();
  await mailer({ server, from })
    .send({ ...mail, to: 'ada@example.com, eve@example.com' })
    .catch(() => undefined);
  expect(received.flatMap(({ to }) => to)).not.toContain('eve@example.com');
  await mailer({ server, from }).send({ ...mail, subject: 'A\r\nBcc: eve@example.com' });
  expect(received.at(-1)?.to).toEqual(['ada@example.com']);
  expect(received.at(-1)?.message).not.toMatch(/^Bcc:/m);
});

it('says why a message was not taken', async () => {
  const server = await startServer();
  await expect(mailer({ server, from }).send({ ...mail, to: 'nobody@example.com' })).rejects.toMatchObject({
    code: 'OUTSIDE_UNAVAILABLE',
    message: expect.stringContaining('No such mailbox'),
  });
  const gone = mailer({ server: 'smtp://127.0.0.1:1', from });
  await expect(gone.send(mail)).rejects.toThrow('ECONNREFUSED');
});

it('says what is to be configured where nothing is', async () => {
  const none = new Mailer(noticesConfigSchema.parse({}));
  expect(none.missing).toContain('notices.email');
  await expect(none.send(mail)).rejects.toThrow('notices.email');
  expect(mailer({ server: 'smtps://mail.example.com', from }).missing).toBeNull();
});

it.each([
  ['https://mail.example.com', {}],
  ['smtp://user:secret@mail.example.com', {}],
  ['mail.example.com', {}],
  ['smtp://mail.example.com', { user: 'atrium' }],
])('takes no such settings: %s %j', (server, more) => {
  expect(noticesConfigSchema.safeParse({ email: { server, from, ...more } }).success).toBe(false);
});
