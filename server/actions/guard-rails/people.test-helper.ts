/** Who asks and who decides, in the tests of guard rails. */
import { localPrincipal, type Principal } from '#server/kernel/gate.ts';
import type { Starter } from '../runs/tables.ts';

export const person = (name: string, groups: string[] = []): Principal => ({
  ...localPrincipal,
  id: `user:default/${name}`,
  ref: `user:default/${name}`,
  name,
  groups: groups.map((group) => `group:default/${group}`),
  roles: ['contributor'],
});
export const ada: Starter = {
  id: 'user:default/ada',
  ref: 'user:default/ada',
  name: 'Ada',
  groups: ['group:default/shop'],
};
export const bob = person('bob', ['ops']);
export const eve = person('eve', ['ops']);
