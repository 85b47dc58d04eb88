import { describe, expect, it } from 'vitest';
import type { Session } from '#server/access/contract.ts';
import { forgetPersonal, keepApart } from './personal.ts';

const names = ['recent', 'form-x', 'template-editor', 'scorecard-editor', 'person', 'rail'];

/** As browsers have one: what is kept are its own properties. */
class Kept {
  [key: string]: unknown;
  getItem = (key: string) => (Object.hasOwn(this, key) ? this[key] : null);
  setItem = (key: string, value: string) => {
    this[key] = value;
  };
  removeItem = (key: string) => {
    delete this[key];
  };
}

function storageOf(items: Record<string, string>): { storage: Storage; keys: () => string[] } {
  const storage = Object.assign(new Kept(), items) as unknown as Storage;
  return { storage, keys: () => Object.keys(storage).filter((key) => key.startsWith('atrium-')) };
}

const filled = (person?: string) =>
  storageOf({
    ...Object.fromEntries(names.map((name) => [`atrium-${name}`, '1'])),
    ...(person === undefined ? {} : { 'atrium-person': person }),
  });
const sessionOf = (id: string, more: Partial<Session> = {}) =>
  ({ mode: 'sign-in', signedIn: id !== 'anonymous', principal: { id }, ...more }) as Session;

it('forgets where somebody was and what they had begun, and nothing of how the page looks', () => {
  const { storage, keys } = filled();
  forgetPersonal(storage);
  expect(keys()).toEqual(['atrium-rail']);
});

describe('what the browser keeps', () => {
  it('stays while the same person is signed in', () => {
    const { storage, keys } = filled('user:default/ada');
    expect(keepApart(sessionOf('user:default/ada'), storage)).toBe(false);
    expect(keys()).toHaveLength(names.length);
  });

  it('goes when the session has ended, whatever ended it', () => {
    const { storage, keys } = filled('user:default/ada');
    expect(keepApart(sessionOf('anonymous'), storage)).toBe(true);
    expect(keys()).toEqual(['atrium-rail']);
    expect(keepApart(sessionOf('anonymous'), storage)).toBe(false);
  });

  it('goes when somebody else signs in', () => {
    const { storage, keys } = filled('user:default/ada');
    expect(keepApart(sessionOf('user:default/bob'), storage)).toBe(true);
    expect(keys()).toEqual(['atrium-rail', 'atrium-person']);
    expect(keepApart(sessionOf('user:default/bob'), storage)).toBe(false);
  });

  it('is nobody else’s where nobody signs in, as whomever the portal is looked at', () => {
    const { storage, keys } = storageOf({ 'atrium-recent': '[]' });
    const local = { mode: 'local', signedIn: true } as const;
    expect(keepApart(sessionOf('local', local), storage)).toBe(false);
    expect(keepApart(sessionOf('user:default/ada', local), storage)).toBe(false);
    expect(keys()).toEqual(['atrium-recent']);
  });
});
