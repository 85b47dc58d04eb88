import { type OwnerRules, ownerRules } from '../detectors/codeowners.ts';
import type { FactCollector, Scope } from './collector.ts';
import { observation } from './observation.ts';
import { ownFiles } from './own-files.ts';
import { FLAG, TEXTS } from './schema-parts.ts';

/** Files that stand for all where no rule speaks of the whole folder. */
const MOST_ASKED = 300;

type Rule = NonNullable<ReturnType<OwnerRules['ofFile']>>;

export const codeowners: FactCollector = {
  name: 'codeowners',
  title: 'CODEOWNERS',
  description: 'Whether the repository has a CODEOWNERS file, and whom its rules name for the component.',
  schema: {
    type: 'object',
    required: ['present', 'covers', 'owners'],
    properties: {
      present: FLAG,
      covers: {
        ...FLAG,
        description: 'A rule with owners speaks of its folder, or rules do so of more than half of its files',
      },
      owners: { ...TEXTS, description: 'As written: `@org/team`, `@person` or an e-mail address' },
    },
  },
  collect(scope) {
    const all = ownerRules(scope.tree);
    if (!all) return { value: { present: false, covers: false, owners: [] } };
    const rules = rulesOf(scope, all);
    const owners = [...new Set(rules.flatMap((rule) => rule.owners))];
    return observation({ present: true, covers: owners.length > 0, owners }, all.path, rules[0]?.line);
  },
};

/** Those that give owners to the component, if they do. */
function rulesOf(scope: Scope, all: OwnerRules): Rule[] {
  const whole = all.ofFolder(scope.folder);
  if (whole && whole.owners.length > 0) return [whole];
  const files = ownFiles(scope).slice(0, MOST_ASKED);
  const rules = files.flatMap((file) => all.ofFile(file) ?? []).filter((rule) => rule.owners.length > 0);
  return rules.length * 2 > files.length ? [...new Set(rules)] : [];
}
