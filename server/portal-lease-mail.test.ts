import { expect, it } from 'vitest';
import { leaseMail } from './portal-lease-mail.ts';

const lease = {
  title: 'Preview environment: cart',
  run: '0f0e',
  expires_at: new Date('2026-12-01T18:00:00Z'),
  latest_end: new Date('2026-12-03T18:00:00Z'),
};
const mail = { name: 'Ada', email: 'ada@example.com', lease };

it('says what ends when, until when it can be extended, and where', () => {
  expect(leaseMail(mail, 'https://portal.example.com')).toEqual({
    to: 'ada@example.com',
    subject: 'Preview environment: cart ends on 2026-12-01 at 18:00 UTC',
    text: `Ada, Preview environment: cart ends on 2026-12-01 at 18:00 UTC.
What was made for it is taken away then.

Extend it if it is still needed, until 2026-12-03 at 18:00 UTC at the latest:
  https://portal.example.com/runs/0f0e

Atrium sends this once before what is on lease ends.
`,
  });
});

it('has no link without an address, and offers nothing that is refused', () => {
  const { text } = leaseMail({ ...mail, lease: { ...lease, latest_end: lease.expires_at } }, undefined);
  expect(text).toContain('It can’t be extended any more.\n');
  expect(text).not.toContain('http');
});
