/** Reads the JSON that is sent. Nothing else is: what is not JSON can be sent by any page without being asked. */
import type { FastifyBodyParser, FastifyInstance } from 'fastify';
import { AtriumError } from '#model/errors.ts';

/** Deeper than any descriptor. What works on values calls itself for each level, and must not run out of stack. */
const DEEPEST = 200;
/** Written out in JSON; behind an even number of backslashes it is an escape. */
const NUL = /(?<!\\)(?:\\\\)*\\u0000/;

/** Keys that would reach into prototypes are refused by the framework's parser. */
export function acceptJsonOnly(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error') as FastifyBodyParser<string>;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    // Clients of Backstage name JSON as the type of a body also when they send none.
    if (text === '') {
      done(null, undefined);
      return;
    }
    if (isTooDeep(text)) {
      done(new AtriumError('INPUT_INVALID', `The body is nested deeper than ${DEEPEST} levels`));
      return;
    }
    // The store can't hold it, and no text has it.
    if (NUL.test(text)) {
      done(new AtriumError('INPUT_INVALID', 'The body holds the character U+0000'));
      return;
    }
    parse(request, text, done);
  });
}

/** Looks at the text, so that nothing of it is built when it is refused. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[' || character === '{') {
      if (++depth > DEEPEST) return true;
    } else if (character === ']' || character === '}') depth--;
  }
  return false;
}
