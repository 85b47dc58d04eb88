import { parseLocationRef as theirs } from '@backstage/catalog-model';
import { describe, expect, it } from 'vitest';
import {
  formatLocationRef,
  generatedLocationName,
  locationTargets,
  parseLocationRef,
  resolveTarget,
} from './locations.ts';

describe('parseLocationRef', () => {
  it.each(['url:https://host/path:8', 'file:/a b', ' url : x ', 'bootstrap:bootstrap', 'dir:.'])(
    'reads %j',
    (text) => {
      expect(parseLocationRef(text)).toEqual(theirs(text));
    },
  );

  it.each([
    ['', /type:target/],
    ['url:', /type:target/],
    [':x', /type:target/],
    ['url', /type:target/],
    ['https://host', /url:https/],
    ['url:javascript:alert(1)', /script/],
    ['url:\u0001 jAva\nscript:alert(1)', /script/],
  ])('refuses %j', (text, message) => {
    expect(() => parseLocationRef(text)).toThrow(message);
    expect(() => theirs(text)).toThrow();
  });

  it('is undone by formatLocationRef', () => {
    expect(formatLocationRef(parseLocationRef('url:https://a/b'))).toBe('url:https://a/b');
    expect(() => formatLocationRef({ type: 'url', target: '' })).toThrow(RangeError);
  });
});

describe('locationTargets', () => {
  it('joins target and targets', () => {
    const spec = { type: 'url', target: './a', targets: ['./b', './a', 5], presence: 'optional' };
    expect(locationTargets({ kind: 'Location', spec })).toEqual({
      type: 'url',
      targets: ['./a', './b'],
      required: false,
    });
    expect(locationTargets({ kind: 'Location' })).toEqual({ type: undefined, targets: [], required: true });
    expect(locationTargets({ kind: 'System' })).toBeUndefined();
  });
});

describe('resolveTarget', () => {
  it.each([
    ['file', '/r/a/c.yaml', './b/*.yaml', '/r/a/b/*.yaml'],
    ['file', '/r/c.yaml', '../../x', '/x'],
    ['file', 'a/c.yaml', '../../x', '../x'],
    ['url', 'https://h/o/r/blob/m/c.yaml', 'd/e.yaml', 'https://h/o/r/blob/m/d/e.yaml'],
  ])('against %s:%s turns %j into %j', (type, target, relative, resolved) => {
    expect(resolveTarget(relative, { type, target })).toBe(resolved);
  });

  it('refuses what has no path', () => {
    expect(() => resolveTarget('./a', { type: 'bootstrap', target: 'bootstrap' })).toThrow(RangeError);
  });
});

describe('generatedLocationName', () => {
  it('is the SHA-1 of the ref', async () => {
    expect(await generatedLocationName('url', 'https://a/b')).toBe(
      'generated-d0b5dace51f02f76b38d868dd8b5e16072d21f40',
    );
  });
});
