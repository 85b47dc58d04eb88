import { describe, expect, it } from 'vitest';
import { createLog } from './log.ts';
import { keepSecret, Secret } from './secret.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = [];
  write(createLog('debug', { write: (line) => void lines.push(line) }));
  return lines;
}

describe('a log entry', () => {
  it('says when it was, with its time zone', () => {
    const [line = ''] = logged((log) => log.info('hello'));
    expect(JSON.parse(line)).toMatchObject({ msg: 'hello', time: expect.stringMatching(/^\d{4}-.*Z$/) });
  });

  it.each([
    'a\n{"level":50,"msg":"forged"}',
    'a\r\nforged',
    '\u001b[2J',
    '\u2028forged',
    '"},{"msg":"forged',
  ])('stays one line of JSON, whatever is in it: %j', (text) => {
    const lines = logged((log) => {
      log.warn({ repository: text, error: new Error(text) }, text);
      log.child({ source: text }).error({ err: new Error(text, { cause: new Error(text) }) }, text);
    });
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line.trimEnd()).not.toMatch(/\p{Cc}/u);
      expect(JSON.parse(line)).toMatchObject({ msg: text });
    }
  });

  it('holds no secret, even where another system has repeated it', () => {
    const value = 'canary "of" the log\\5';
    keepSecret(value);
    const lines = logged((log) => {
      log.error({ err: new Error(`refused ${value}`, { cause: new Error(value) }) }, `asked with ${value}`);
      log.info({ secret: new Secret(value), header: Buffer.from(`user:${value}`).toString('base64') }, 'x');
    });
    expect(lines.join('')).not.toContain('canary');
    expect(lines.join('')).not.toContain(Buffer.from(value).toString('base64').slice(4, -6));
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });
});
