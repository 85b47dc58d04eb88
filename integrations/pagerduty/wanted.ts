/** Which plan of PagerDuty an entity names, by its annotations. */
import type { AnnotatedEntity } from '#model/integration.ts';

/** The first that an entity has counts; `service-id` is that of PagerDuty's plugin for Backstage. */
const annotations = {
  schedule: 'pagerduty.com/schedule-id',
  policy: 'pagerduty.com/escalation-policy-id',
  service: 'pagerduty.com/service-id',
} as const;

export const annotationNames: readonly string[] = Object.values(annotations);

/** As PagerDuty writes them: `P12ABC3`, and longer ones of late. */
const ID = /^[A-Za-z0-9]{1,32}$/;

export interface Wanted {
  ref: string;
  kind: keyof typeof annotations;
  annotation: string;
  /** Undefined for what is no id. */
  id: string | undefined;
}

export function wantedBy({ ref, annotations: own }: AnnotatedEntity): Wanted[] {
  for (const kind of ['schedule', 'policy', 'service'] as const) {
    const annotation = annotations[kind];
    const id = own[annotation]?.trim();
    if (id) return [{ ref, kind, annotation, id: ID.test(id) ? id : undefined }];
  }
  return [];
}
