/** The fact `onCall`, made of what PagerDuty says. */
import type { FactDeclaration } from '#model/fact.ts';
import { ON_CALL_FACT, type OnCallFact, type OnCallPerson } from '#model/on-call-fact.ts';
import type { Entry } from './entry.ts';

const MOST_PEOPLE = 20;

const text = { type: 'string' } as const;
const link = { type: 'string', description: 'Page in PagerDuty' } as const;
const time = (description: string) => ({ type: 'string', format: 'date-time', description }) as const;

export const onCallDeclaration: FactDeclaration = {
  name: ON_CALL_FACT,
  title: 'On call',
  description: 'Who is on call now, as the schedule or escalation policy in PagerDuty says.',
  schema: {
    type: 'object',
    required: ['system', 'people'],
    properties: {
      system: { type: 'string', description: 'What says so: `PagerDuty`' },
      people: {
        type: 'array',
        description: 'Whoever is asked first comes first',
        items: {
          type: 'object',
          required: ['name', 'level', 'plan'],
          properties: {
            name: text,
            email: text,
            link,
            level: { type: 'integer', description: '1 is asked first' },
            since: time('Absent for somebody who is on call all the time'),
            until: time('When the turn ends'),
            plan: {
              type: 'object',
              required: ['kind', 'name'],
              properties: { kind: { enum: ['schedule', 'escalation policy'] }, name: text, link },
            },
          },
        },
      },
    },
  },
};

/** @returns undefined where nobody is on call. */
export function onCallFact(entries: readonly Entry[]): OnCallFact | undefined {
  const people = new Map<string, OnCallPerson>();
  // A schedule that several policies use comes once for each.
  for (const { person } of entries.toSorted(firstAsked)) {
    const key = (person.email ?? person.name).toLowerCase();
    if (!people.has(key)) people.set(key, person);
  }
  if (people.size === 0) return undefined;
  return { system: 'PagerDuty', people: [...people.values()].slice(0, MOST_PEOPLE) };
}

function firstAsked({ person: a }: Entry, { person: b }: Entry): number {
  return (
    a.level - b.level ||
    a.plan.name.localeCompare(b.plan.name) ||
    a.name.localeCompare(b.name) ||
    (a.until ?? '').localeCompare(b.until ?? '')
  );
}
