import { describe, expect, it } from 'vitest';
import type { Entity } from './entity.ts';
import { createKindRegistry } from './kind-registry.ts';
import { readCampaign, readScorecard } from './read-scorecard.ts';
import { validateEntity } from './validate.ts';

const kinds = createKindRegistry();

function scorecard(spec: Record<string, unknown>): Entity {
  return {
    apiVersion: 'atrium.dev/v1alpha1',
    kind: 'Scorecard',
    metadata: { name: 'ready', namespace: 'default', title: 'Ready' },
    spec,
  };
}

const rule = { id: 'readme', title: 'README', level: 'bronze', check: 'facts.readme.present' };

describe('a scorecard', () => {
  it('is read with what its author left out', () => {
    const entity = scorecard({ levels: ['bronze'], rules: [rule] });
    expect(validateEntity(entity, kinds).problems).toEqual([]);
    expect(readScorecard(entity)).toEqual({
      problems: [],
      scorecard: {
        ref: 'scorecard:default/ready',
        title: 'Ready',
        description: null,
        owner: null,
        draft: false,
        appliesTo: ['kind=component'],
        levels: ['bronze'],
        graceDays: 0,
        rules: [
          {
            id: 'readme',
            title: 'README',
            description: null,
            level: 'bronze',
            weight: 1,
            effort: 'medium',
            version: 1,
            checks: [{ when: null, check: 'facts.readme.present' }],
            why: null,
            source: null,
            remedy: { text: null, url: null, document: null, template: null, values: {} },
            since: null,
            graceDays: 0,
            debt: false,
          },
        ],
      },
    });
  });

  it('tries the variants of a rule before its plain check', () => {
    const checks = [{ when: 'a', check: 'b' }];
    const { scorecard: read } = readScorecard(
      scorecard({ levels: ['bronze'], rules: [{ ...rule, checks }] }),
    );
    expect(read?.rules[0]?.checks).toEqual([
      { when: 'a', check: 'b' },
      { when: null, check: 'facts.readme.present' },
    ]);
  });

  it('names the field of a level that there is not, and of an id that stands twice', () => {
    const { scorecard: read, problems } = readScorecard(
      scorecard({ levels: ['bronze'], rules: [{ ...rule, level: 'gold' }, rule] }),
    );
    expect(read).toBeNull();
    expect(problems.map(({ field }) => field)).toEqual(['spec.rules.0.level', 'spec.rules.1.id']);
  });

  it.each([
    [{ levels: [], rules: [rule] }, 'spec.levels'],
    [{ levels: ['bronze'], rules: [{ ...rule, weight: 0 }] }, 'spec.rules.0.weight'],
    [{ levels: ['bronze'], rules: [{ ...rule, wieght: 2 }] }, 'spec.rules.0'],
    [{ levels: ['bronze'], rules: [rule], state: 'open' }, 'spec.state'],
  ])('is refused by its schema where it is wrong: %j', (spec, field) => {
    const { problems } = validateEntity(scorecard(spec), kinds);
    expect(problems.some((problem) => problem.level === 'error' && problem.field?.startsWith(field))).toBe(
      true,
    );
  });
});

describe('a campaign', () => {
  const campaign = (spec: Record<string, unknown>): Entity => ({
    ...scorecard(spec),
    kind: 'Campaign',
    metadata: { name: 'march', namespace: 'default' },
  });

  it('names its scorecard in full, and reminds by default', () => {
    const { campaign: read } = readCampaign(campaign({ scorecard: 'ready', deadline: '2026-12-31' }));
    expect(read).toMatchObject({
      scorecard: 'scorecard:default/ready',
      remindDays: [30, 14, 7, 1],
      issues: false,
    });
  });

  it.each([
    [{ scorecard: 'ready', deadline: '2026-13-41' }, 'spec.deadline'],
    [{ scorecard: 'ready', deadline: '2026-01-01', starts: '2026-02-01' }, 'spec.starts'],
    [{ deadline: '2026-01-01' }, 'spec.scorecard'],
  ])('is refused where it is wrong: %j', (spec, field) => {
    const { campaign: read, problems } = readCampaign(campaign(spec));
    expect(read).toBeNull();
    expect(problems.map((problem) => problem.field)).toContain(field);
  });
});
