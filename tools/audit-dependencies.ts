/**
 * Asks the registry of npm whether what a release holds has known weaknesses: `npm run audit:dependencies`. That is what
 * runs, and what is built into the pages. One of severity high or above fails, unless
 * docs/security/known-weaknesses.json says why it can wait and until when. No answer fails only with `--must-answer`.
 */
import { spawn } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type Excuse,
  judge,
  type Lock,
  readAnswer,
  type Severity,
  severities,
  shippedNodes,
  weaknessesIn,
} from './known-weaknesses.ts';

const root = join(import.meta.dirname, '..');
const EXCUSES = 'docs/security/known-weaknesses.json';
const PATIENCE_MS = 60_000;
const LONGEST_ANSWER = 64 * 1024 * 1024;

const { values } = parseArgs({
  options: {
    level: { type: 'string', default: 'high' },
    'must-answer': { type: 'boolean', default: false },
  },
});
const least = severities.find((severity) => severity === values.level);
if (!least) throw new Error(`--level is one of ${severities.join(', ')}`);
process.exitCode = await audit(least, values['must-answer']);

async function audit(least: Severity, mustAnswer: boolean): Promise<number> {
  const answer = await askNpm();
  if ('silence' in answer) {
    console.log(`Nothing was checked: the registry gives no answer about weaknesses (${answer.silence})`);
    return mustAnswer ? 1 : 0;
  }
  const shipped = shippedNodes(readJson<Lock>('package-lock.json'), [
    ...packagesThatRun(),
    ...packagesInPages(),
  ]);
  const verdicts = judge(weaknessesIn(answer.report, shipped), readJson<Excuse[]>(EXCUSES), {
    least,
    now: new Date(),
  });
  for (const { weakness, fails, why } of verdicts) {
    const { severity, package: name, range, title, url } = weakness;
    console.log(
      `${fails ? 'FAILS' : 'known'}  ${severity}  ${name} ${range}: ${title}; ${why}\n       ${url}`,
    );
  }
  const failed = verdicts.filter(({ fails }) => fails).length;
  console.log(`${shipped.size} packages have ${verdicts.length} known weaknesses; ${failed} can’t wait`);
  return failed === 0 ? 0 : 1;
}

/** npm ends with 1 when there are weaknesses, and when there is no answer. */
async function askNpm() {
  const child = spawn('npm', ['audit', '--json', '--fetch-retries=0'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  let text = '';
  for await (const chunk of child.stdout) {
    text += String(chunk);
    if (text.length > LONGEST_ANSWER) child.kill('SIGKILL');
  }
  clearTimeout(timer);
  if (child.killed) return { silence: `none within ${PATIENCE_MS / 1000} seconds` };
  return readAnswer(text);
}

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as T;
}

function packagesThatRun(): string[] {
  return Object.keys(readJson<{ dependencies: object }>('package.json').dependencies);
}

/** Those that the sources of the pages import; what these need in turn comes along. */
function packagesInPages(): string[] {
  const files = globSync('web/**/*.{ts,tsx,css}', { cwd: root, exclude: ['web/dist/**', 'web/**/*.test.*'] });
  const imported = files.flatMap((file) => [
    ...readFileSync(join(root, file), 'utf8').matchAll(
      /(?:from|import|import\()\s*['"]((?:@[\w.-]+\/)?[\w][\w.-]*)/g,
    ),
  ]);
  return [...new Set(imported.map(([, name = '']) => name))];
}
