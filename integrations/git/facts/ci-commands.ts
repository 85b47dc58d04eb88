/** Which commands of a pipeline run tests, and which build something. */
import { PROGRAMS, type Sign } from './ci-programs.ts';

/** These name other programs and run none of them. */
const SAYS_ONLY =
  /^(?:sudo )?(?:(?:echo|printf|cat|grep|which|command|type|ls|cp|mv|rm|mkdir|git|curl|wget|export|apt|apt-get|apk|yum|dnf|brew|pip3?|pipx|choco|conda)\b|python3? -m pip\b|(?:npm|pnpm|yarn|bun) (?:i|ci|install|add|audit)\b|(?:go|cargo|gem|composer|poetry|bundle|mix) (?:install|get|add|sync)\b|uv (?:pip|add|sync|tool|venv)\b)/;
/** `bash scripts/run-tests.sh`. */
const SCRIPT = /^(?:(?:sudo|bash|sh|env|time|source|exec|\.) )?(\S+)/;
const TEST_SCRIPT =
  /(?:^|\/)(?:run[-_]?)?(?:(?:unit|integration|e2e|smoke|all)[-_]?)?tests?(?:\.(?:sh|bash|ps1|py|bat|cmd))?$/i;
const BUILD_SCRIPT = /(?:^|\/)build(?:[-_][\w-]+)?(?:\.(?:sh|bash|ps1|py|bat|cmd))?$/i;
const LONGEST = 1000;

export interface Judgement {
  tests: boolean;
  builds: boolean;
  /** Of the code that it can be about; any when left out. */
  languages?: readonly string[] | undefined;
}

/** Words of a command, without the quotes and brackets around them. */
export function wordsOf(command: string): string[] {
  return command
    .slice(0, LONGEST)
    .split(/\s+/)
    .map((word) => word.replace(/^["'(`]{1,5}/, '').replace(/["'`);]{1,5}$/, ''))
    .flatMap((word) => word.replace(/^--targets?=/, '').split(','))
    .filter((word) => word !== '');
}

/** What one simple command does: no `&&`, `;` or `|` in it. */
export function judge(words: readonly string[]): Judgement {
  const whole = words.join(' ');
  if (SAYS_ONLY.test(whole)) return { tests: false, builds: false };
  const judged = words.flatMap((word, index) => {
    const program = PROGRAMS.get(word.slice(word.lastIndexOf('/') + 1));
    const rest = words.slice(index + 1).join(' ');
    const verdict = { tests: holds(program?.tests, rest), builds: holds(program?.builds, rest) };
    return verdict.tests || verdict.builds ? [{ ...verdict, languages: program?.languages }] : [];
  });
  const script = SCRIPT.exec(whole)?.[1] ?? '';
  const isScript = script.includes('/') || script.includes('.');
  // Without a target, make makes what comes first.
  const named = {
    tests: isScript && TEST_SCRIPT.test(script),
    builds: (isScript && BUILD_SCRIPT.test(script)) || whole === 'make',
  };
  const isAny = named.tests || named.builds || judged.some(({ languages }) => languages === undefined);
  return {
    tests: named.tests || judged.some(({ tests }) => tests),
    builds: named.builds || judged.some(({ builds }) => builds),
    languages: isAny || judged.length === 0 ? undefined : judged.flatMap(({ languages }) => languages ?? []),
  };
}

function holds(sign: Sign, rest: string): boolean {
  return sign === true || (sign?.test(rest) ?? false);
}
