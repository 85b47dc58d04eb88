/** Reads what PagerDuty says of one person who is on call: https://developer.pagerduty.com/api-reference/3a6b910f11050-list-all-of-the-on-calls */
import type { OnCallPerson } from '#model/on-call-fact.ts';
import { isRecord } from '#model/value-words.ts';

const LONGEST_TEXT = 200;

/** A person who is on call, and by what. */
export interface Entry {
  scheduleId: string | undefined;
  policyId: string | undefined;
  person: OnCallPerson;
}

/** @returns undefined for what names nobody or no policy. */
export function entryIn(value: unknown): Entry | undefined {
  if (!isRecord(value)) return undefined;
  const user = thingIn(value.user);
  const schedule = thingIn(value.schedule);
  const policy = thingIn(value.escalation_policy);
  const plan = schedule ?? policy;
  if (!user || !plan) return undefined;
  const email = isRecord(value.user) ? textOf(value.user.email) : undefined;
  const level = Number(value.escalation_level);
  const since = timeOf(value.start);
  const until = timeOf(value.end);
  return {
    scheduleId: schedule?.id,
    policyId: policy?.id,
    person: {
      name: user.name,
      ...(email !== undefined && { email }),
      ...linkOf(user),
      level: Number.isInteger(level) && level > 0 ? level : 1,
      ...(since !== undefined && { since }),
      ...(until !== undefined && { until }),
      plan: { kind: schedule ? 'schedule' : 'escalation policy', name: plan.name, ...linkOf(plan) },
    },
  };
}

interface Thing {
  id: string;
  name: string;
  link: string | undefined;
}

/** Users, schedules and policies have these alike, whether they come whole or as a reference. */
function thingIn(value: unknown): Thing | undefined {
  if (!isRecord(value)) return undefined;
  const id = textOf(value.id);
  const name = textOf(value.name) ?? textOf(value.summary) ?? id;
  if (id === undefined || name === undefined) return undefined;
  const link = textOf(value.html_url);
  return { id, name, link: link && /^https?:$/.test(URL.parse(link)?.protocol ?? '') ? link : undefined };
}

const linkOf = ({ link }: Thing) => (link === undefined ? {} : { link });

function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.replaceAll(/\p{Cc}/gu, ' ').trim();
  return text === '' || text.length > LONGEST_TEXT ? undefined : text;
}

function timeOf(value: unknown): string | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
