import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Confidence, Contribution } from '#model/contribution.ts';
import type { Entity } from '#model/entity.ts';
import { type Claimant, fieldClaims, mergeContributions } from './golden-record.ts';

function claimant(part: string, entity: Partial<Entity>, more: Partial<Contribution> = {}): Claimant {
  return {
    source: 'git',
    sourceOrder: 0,
    part,
    kept: false,
    contribution: {
      ref: 'component:default/cart',
      confidence: 'found',
      place: { location: `file:/repo/${part}`, path: part, line: 1 },
      entity: {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'cart' },
        ...entity,
      },
      ...more,
    },
  };
}

const descriptor = claimant(
  'catalog-info.yaml',
  {
    metadata: { name: 'cart', title: 'Cart' },
    spec: { type: 'service', owner: 'shop', dependsOn: ['resource:cart-db'] },
  },
  { confidence: 'declared', lines: { 'spec.owner': 7 } },
);
const discovery = claimant(
  'discovery',
  {
    metadata: { name: 'cart', labels: { 'atrium.dev/language': 'Go' } },
    spec: {
      type: 'website',
      owner: 'group:default/checkout',
      dependsOn: ['resource:default/cart-db', 'component:default/tax'],
    },
  },
  { fields: { 'spec.owner': { confidence: 'guess', note: '71 % of the commits' } } },
);

describe('mergeContributions', () => {
  it('lets a descriptor beat discovery and keeps what only discovery knows', () => {
    const { entity, declared } = mergeContributions([discovery, descriptor], false);
    expect(entity.spec).toMatchObject({ type: 'service', owner: 'shop' });
    expect(entity.metadata.labels).toEqual({ 'atrium.dev/language': 'Go' });
    expect(declared).toBe(true);
  });

  it('unites lists of refs and counts two ways of writing one ref once', () => {
    const { entity } = mergeContributions([descriptor, discovery], false);
    expect(entity.spec?.dependsOn).toEqual(['resource:cart-db', 'component:default/tax']);
  });

  it('keeps a guessed owner out of the record until a person accepts it', () => {
    const guessed = mergeContributions([discovery], false);
    expect(guessed.entity.spec).not.toHaveProperty('owner');
    expect(guessed.suggestedOwner).toMatchObject({
      value: 'group:default/checkout',
      note: '71 % of the commits',
    });
    const accepted = mergeContributions([discovery], true);
    expect(accepted.entity.spec?.owner).toBe('group:default/checkout');
    expect(accepted.suggestedOwner).toBeUndefined();
  });

  it('tells of every field who said it, in which line, and what else was claimed', () => {
    const owner = fieldClaims([discovery, descriptor]).find(({ field }) => field === 'spec.owner');
    expect(owner?.chosen).toMatchObject({
      value: 'shop',
      confidence: 'declared',
      place: { path: 'catalog-info.yaml', line: 7 },
    });
    expect(owner?.others).toMatchObject([{ value: 'group:default/checkout', confidence: 'guess' }]);
  });

  it('tells the authors of two descriptors of one ref about each other', () => {
    const second = claimant('other.yaml', { spec: { owner: 'else' } }, { confidence: 'declared' });
    const { problems, entity } = mergeContributions([second, descriptor], false);
    expect(entity.spec?.owner).toBe('shop');
    expect(problems).toMatchObject([{ level: 'warning', path: 'other.yaml' }]);
  });

  it('does not depend on the order in which contributions came in', () => {
    const confidence = fc.constantFrom<Confidence>('declared', 'found', 'guess');
    const spec = fc.dictionary(
      fc.constantFrom('type', 'owner', 'lifecycle', 'dependsOn'),
      fc.string({ minLength: 1 }),
    );
    const claimants = fc.uniqueArray(
      fc.record({ part: fc.string(), confidence, spec, sourceOrder: fc.nat(2) }),
      { minLength: 1, maxLength: 5, selector: ({ part }) => part },
    );
    fc.assert(
      fc.property(claimants, fc.boolean(), (given, accepted) => {
        const all = given.map(({ part, confidence: sure, spec: fields, sourceOrder }) => ({
          ...claimant(part, { spec: fields }, { confidence: sure }),
          source: `s${sourceOrder}`,
          sourceOrder,
        }));
        expect(mergeContributions(all.toReversed(), accepted).entity).toEqual(
          mergeContributions(all, accepted).entity,
        );
      }),
    );
  });
});
