import { createHmac, timingSafeEqual } from 'node:crypto';

export function signed(body: Buffer, given: string, secret: string): boolean {
  if (secret === '') return false;
  const expected = createHmac('sha256', secret).update(body).digest();
  const actual = Buffer.from(given, 'hex');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
