import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isName } from '#model/field-rules.ts';
import { groupName, personNames } from './sign-in-names.ts';

describe('personNames', () => {
  it.each([
    [['ada.lovelace@example.com', null], 'ada.lovelace'],
    [[null, 'Grace@example.com'], 'grace'],
    [['Jürgen Müßig'], 'jurgen-mu-ig'],
    [['田中', null, '--'], 'person'],
    [[null], 'person'],
  ])('of %j begins with %s', (called, name) => {
    expect(personNames(called, 'corp:1')[0]).toBe(name);
  });

  it('are names of entities, and the last is another for each account', () => {
    const called = fc.array(fc.option(fc.string({ unit: 'binary', maxLength: 100 })), { maxLength: 3 });
    fc.assert(
      fc.property(called, (names) => {
        const own = personNames(names, 'corp:1');
        expect(own.filter((name) => !isName(name))).toEqual([]);
        expect(own.at(-1)).not.toBe(personNames(names, 'corp:2').at(-1));
      }),
    );
  });
});

describe('groupName', () => {
  it.each([
    ['payers', 'payers'],
    ['/payers', 'payers'],
    ['Payers_2', 'Payers_2'],
    ['3fa85f64-5717-4562-b3fc-2c963f66afa6', '3fa85f64-5717-4562-b3fc-2c963f66afa6'],
  ])('of %j is %s', (claimed, name) => {
    expect(groupName(claimed)).toBe(name);
  });

  it('is the name of an entity, and tells apart what is not one as it is', () => {
    const claimed = fc.string({ unit: 'binary', minLength: 1, maxLength: 100 });
    fc.assert(
      fc.property(claimed, claimed, (a, b) => {
        expect(isName(groupName(a))).toBe(true);
        fc.pre(a.replace(/^\//, '') !== b.replace(/^\//, ''));
        expect(groupName(a)).not.toBe(groupName(b));
      }),
    );
    expect(groupName('money/admins')).not.toBe(groupName('money admins'));
    expect(groupName('CN=Admins,OU=Groups,DC=example')).not.toBe(groupName('CN=Admins OU=Groups DC=example'));
  });
});
