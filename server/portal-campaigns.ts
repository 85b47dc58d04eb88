/** How campaigns tell people: in words, and by which way. */
import type { Mail, Mailer, Notifier } from './notices/index.ts';
import type { Digest, DigestSender, Reminder } from './scorecards/index.ts';

const MOST_NAMED = 10;
/** Of one campaign in one message; its page has the others. */
const MOST_LISTED = 50;

/** @returns by what the owner was told. */
export async function tellCampaign(
  notifier: Notifier,
  { campaign, title, deadline, to, entities }: Reminder,
): Promise<string> {
  const names = entities.slice(0, MOST_NAMED).map(({ ref, rules }) => `${ref}: ${rules.join(', ')}`);
  const more = moreThan(entities.length, MOST_NAMED);
  const text = [`${title} ends on ${deadline}. Still to do:`, ...names, ...more].join('\n');
  return notifier.tell({ to, text, path: pathOfCampaign(campaign) });
}

/** @param url of the portal, for links; without it there are none. */
export function digestSender(mailer: Mailer, url: string | undefined): DigestSender {
  return { missing: mailer.missing, send: (digest) => mailer.send(digestMail(digest, url)) };
}

export function digestMail({ name, email, tasks }: Digest, url: string | undefined): Mail {
  const things = new Set(tasks.flatMap(({ entities }) => entities.map(({ ref }) => ref))).size;
  const link = (path: string) => (url === undefined ? [] : [`  ${new URL(path, url).href}`]);
  const parts = tasks.flatMap(({ campaign, title, deadline, entities }) => [
    `${title}, until ${deadline}`,
    ...link(pathOfCampaign(campaign)),
    ...entities
      .slice(0, MOST_LISTED)
      .flatMap((one) => ['', `- ${one.title}: ${one.rules.join('; ')}`, ...link(pathOfEntity(one.ref))]),
    ...moreThan(entities.length, MOST_LISTED),
    '',
    '',
  ]);
  const count = `${things} ${things === 1 ? 'thing' : 'things'}`;
  const text = [
    `${name}, ${count} of yours ${things === 1 ? 'has' : 'have'} still to pass:`,
    '',
    ...parts,
    'Atrium sends this on the days on which a campaign reminds, once a day at most.',
  ];
  return { to: email, subject: `Standards: ${count} to look at`, text: `${text.join('\n')}\n` };
}

function moreThan(count: number, shown: number): string[] {
  return count > shown ? [`and ${count - shown} more`] : [];
}

function pathOfCampaign(ref: string): string {
  return `/campaigns/${ref.slice('campaign:'.length)}`;
}

/** Its page, where it says what is to be mended. */
export function pathOfEntity(ref: string): string {
  const [kind = '', rest = ''] = ref.split(':');
  const [namespace = '', name = ''] = rest.split('/');
  return `/catalog/${namespace}/${kind}/${name}?tab=scorecards`;
}
