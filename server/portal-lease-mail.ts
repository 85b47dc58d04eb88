/** What a reminder of a lease says by e-mail. */
import type { LeaseMail, LeaseMailSender } from './actions/index.ts';
import type { Mail, Mailer } from './notices/index.ts';

/** @param url of the portal, for links; without it there are none. */
export function leaseMailSender(mailer: Mailer, url: string | undefined): LeaseMailSender {
  return { missing: mailer.missing, send: (mail) => mailer.send(leaseMail(mail, url)) };
}

export function leaseMail({ name, email, lease }: LeaseMail, url: string | undefined): Mail {
  const { title, run, expires_at: until, latest_end: latest } = lease;
  const extend =
    latest > until
      ? `Extend it if it is still needed, until ${shown(latest)} at the latest${url === undefined ? '.' : ':'}`
      : `It can’t be extended any more${url === undefined ? '.' : ':'}`;
  const text = [
    `${name}, ${title} ends on ${shown(until)}.`,
    'What was made for it is taken away then.',
    '',
    extend,
    ...(url === undefined ? [] : [`  ${new URL(`/runs/${run}`, url).href}`]),
    '',
    'Atrium sends this once before what is on lease ends.',
  ];
  return { to: email, subject: `${title} ends on ${shown(until)}`, text: `${text.join('\n')}\n` };
}

const shown = (time: Date) => `${time.toISOString().slice(0, 16).replace('T', ' at ')} UTC`;
