import { describe, expect, it } from 'vitest';
import { ResponseCache } from './response-cache.ts';

const json = (text: string) => Buffer.from(text);

describe('ResponseCache', () => {
  it('drops the named entities and every answer', () => {
    const cache = new ResponseCache({ maxBytes: 1e6 });
    cache.keepEntity('a', json('1'), cache.version);
    cache.keepEntity('b', json('2'), cache.version);
    cache.keepAnswer('/x', json('[]'), cache.version);
    cache.invalidate(['a']);
    expect(cache.entity('a')).toBeUndefined();
    expect(cache.entity('b')?.toString()).toBe('2');
    expect(cache.answer('/x')).toBeUndefined();
    cache.invalidate('all');
    expect(cache.entity('b')).toBeUndefined();
    expect(cache.bytes).toBe(0);
  });

  it('does not keep what was read before a change', async () => {
    const cache = new ResponseCache({ maxBytes: 1e6 });
    const { version } = cache;
    cache.invalidate(['other']);
    cache.keepEntity('a', json('old'), version);
    expect(cache.entity('a')).toBeUndefined();
    const answer = await cache.answerOr('/x', async () => {
      cache.invalidate(['a']);
      return json('old');
    });
    expect(answer.toString()).toBe('old');
    expect(cache.answer('/x')).toBeUndefined();
  });

  it('reads once while nothing changes', async () => {
    const cache = new ResponseCache({ maxBytes: 1e6 });
    let reads = 0;
    const read = async () => json(String(++reads));
    expect((await cache.answerOr('/x', read)).toString()).toBe('1');
    expect((await cache.answerOr('/x', read)).toString()).toBe('1');
  });

  it('stays within its bytes and does not keep what is too large', () => {
    const cache = new ResponseCache({ maxBytes: 100_000 });
    for (let index = 0; index < 1000; index++) {
      cache.keepEntity(`ref-${index}`, Buffer.alloc(1000), cache.version);
      cache.keepAnswer(`/${index}`, Buffer.alloc(1000), cache.version);
    }
    cache.keepAnswer('/large', Buffer.alloc(50_000), cache.version);
    expect(cache.bytes).toBeLessThanOrEqual(100_000);
    expect(cache.answer('/large')).toBeUndefined();
    expect(cache.entity('ref-999')).toBeDefined();
  });
});
