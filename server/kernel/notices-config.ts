/** The part of the configuration that says how people are told something where they are. */
import { z } from 'zod';
import { secretSchema } from './secret.ts';

const emailSchema = z
  .strictObject({
    server: z
      .string()
      .refine(isMailServer, 'must be smtp://HOST:PORT or smtps://HOST, without credentials')
      .describe(
        'Mail server: `smtps://mail.example.com`, or `smtp://mail.example.com:587`, which begins TLS where offered',
      ),
    user: z.string().min(1).optional().describe('User to sign in as'),
    password: secretSchema
      .optional()
      .describe('Password of that user; over smtp:// it is sent only once TLS has begun'),
    from: z.string().min(3).describe('Sender: `Atrium <atrium@example.com>`'),
  })
  .refine(
    ({ user, password }) => (user === undefined) === (password === undefined),
    'needs user and password, or neither',
  );

export const noticesConfigSchema = z
  .strictObject({
    email: emailSchema
      .optional()
      .describe('Through which mail server digests and reminders are sent; none without it'),
  })
  .prefault({});
export type NoticesConfig = z.infer<typeof noticesConfigSchema>;

function isMailServer(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/.test(url.protocol)) return false;
  return url.hostname !== '' && url.username === '' && url.password === '' && /^\/?$/.test(url.pathname);
}
