import { expect, it } from 'vitest';
import { createKindRegistry } from '#model/kind-registry.ts';
import { docFacts } from '#server/docs/index.ts';
import { packNames } from '#server/kernel/standards-config.ts';
import { packText } from '#server/scorecards/packs/index.ts';
import { checkText } from '#server/scorecards/try-out.ts';
import { integrations } from '../integrations/registry.ts';

const observed = [...integrations, { id: 'docs', facts: [docFacts] }];

const factKinds = {
  all: async () => [
    ...observed.flatMap(({ id, facts = [] }) =>
      facts.map((fact) => ({ ...fact, schema: fact.schema as Record<string, unknown>, by: id })),
    ),
    { name: 'delivery', title: '', description: '', schema: {}, by: 'report' },
  ],
};

it.each(packNames)('%s is a scorecard like every other, without a mistake', async (name) => {
  const deps = { factKinds, kinds: createKindRegistry() } as never;
  const { usable, problems } = await checkText(deps, packText(name) ?? '');
  expect(problems).toEqual([]);
  for (const { title, why, source, remedy } of usable?.scorecard.rules ?? []) {
    expect(`${title}: ${[why, source, remedy.text].every(Boolean)}`).toBe(`${title}: true`);
    expect(remedy.text).toMatch(/[.)]$/);
  }
});
