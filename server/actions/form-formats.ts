/** What the schemas of forms may ask of texts. Formats that are not here say how to show a field, and check nothing. */
import { z } from 'zod';

const parsers = {
  email: z.email(),
  uri: z.url(),
  url: z.url(),
  date: z.iso.date(),
  'date-time': z.iso.datetime({ offset: true }),
  time: z.iso.time(),
  uuid: z.uuid(),
  ipv4: z.ipv4(),
  ipv6: z.ipv6(),
  hostname: z.hostname(),
};

export const formats = Object.fromEntries(
  Object.entries(parsers).map(([name, parser]) => [name, (text: string) => parser.safeParse(text).success]),
);
