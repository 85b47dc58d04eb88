/** Who is on call as an outside system says: the value of the fact `onCall`. */

/** Name of the fact. */
export const ON_CALL_FACT = 'onCall';

/** What says so in that system. */
export interface OnCallPlan {
  kind: 'schedule' | 'escalation policy';
  name: string;
  /** Its page. */
  link?: string;
}

export interface OnCallPerson {
  name: string;
  email?: string;
  /** Page of the person in that system. */
  link?: string;
  /** 1 is asked first. */
  level: number;
  /** ISO 8601; absent for somebody who is on call all the time. */
  since?: string;
  until?: string;
  plan: OnCallPlan;
}

export interface OnCallFact {
  /** As people name it: `PagerDuty`. */
  system: string;
  /** Whoever is asked first comes first; never empty. */
  people: OnCallPerson[];
}
