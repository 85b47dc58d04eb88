/** Who owns, approves, is on call and answers for the debt: stated, or inherited from what an entity is part of. */
import type { z } from 'zod';
import { canonicalRef } from '#model/ref.ts';
import type { responsibilities } from '#model/responsibilities.ts';
import type { EntityClaims } from '../catalog/index.ts';
import type { Link } from './chain.ts';
import type { responsibilitySchema } from './contract.ts';
import type { Parties } from './parties.ts';

export type Responsibility = (typeof responsibilities)[number];

/** Whom an entity names for something, before it is told where and why. */
export interface Held {
  holders: string[];
  how: z.infer<typeof responsibilitySchema>['how'];
  /** The entity that states it. */
  from: string | null;
  field: string | null;
}

export type Responsibilities = Record<Responsibility, Held>;

/** Annotations that name groups or people, by what they are responsible for. */
export const annotationOf = {
  approvers: 'atrium.dev/approvers',
  onCall: 'atrium.dev/on-call',
  debtOwner: 'atrium.dev/debt-owner',
} as const;

const nobody: Held = { holders: [], how: 'nobody', from: null, field: null };

/** @param chain see chainsOf. */
export function responsibilitiesOf(chain: readonly Link[]): Responsibilities {
  const owner = firstOf(chain, ({ owner: ref }) => (ref ? [ref] : []), 'spec.owner') ?? nobody;
  const stated = (name: keyof typeof annotationOf) =>
    firstOf(
      chain,
      (link) => refsIn(link, annotationOf[name]),
      `metadata.annotations.${annotationOf[name]}`,
    ) ?? asOwner(owner);
  return { owner, approvers: stated('approvers'), onCall: stated('onCall'), debtOwner: stated('debtOwner') };
}

function firstOf(chain: readonly Link[], refsOf: (link: Link) => string[], field: string): Held | undefined {
  for (const link of chain) {
    const holders = refsOf(link);
    if (holders.length > 0)
      return { holders, how: link.depth === 0 ? 'stated' : 'inherited', from: link.ref, field };
  }
  return undefined;
}

function asOwner(owner: Held): Held {
  return owner.how === 'nobody' ? nobody : { ...owner, how: 'owner' };
}

/** A comma-separated list; what names no group and no person in it is passed over. */
function refsIn({ annotations, namespace }: Link, annotation: string): string[] {
  const value = annotations?.[annotation];
  if (typeof value !== 'string') return [];
  const refs = value.split(',').flatMap((text) => {
    try {
      const ref = canonicalRef(text.trim(), { kind: 'group', namespace });
      return /^(group|user):/.test(ref) ? [ref] : [];
    } catch {
      return [];
    }
  });
  return [...new Set(refs)];
}

/** As it is answered: with who the holders are, and where it was read. */
export function answerHeld(
  { holders, how, from, field }: Held,
  parties: Parties,
  claims: ReadonlyMap<string, EntityClaims>,
): z.infer<typeof responsibilitySchema> {
  const place = from && field ? claims.get(from)?.fields.get(field)?.place : undefined;
  return {
    holders: holders.map(parties),
    how,
    from,
    field,
    location: place?.location ?? null,
    path: place?.path ?? null,
    line: place?.line ?? null,
  };
}
