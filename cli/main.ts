import { AtriumError } from '#model/errors.ts';
import { audit } from './audit.ts';
import { check } from './check.ts';
import { docs } from './docs.ts';
import { exportCatalog } from './export.ts';
import { query } from './query.ts';
import { run } from './run.ts';
import { scan } from './scan.ts';
import { start } from './start.ts';
import { validate } from './validate.ts';

const usage = `usage: atrium COMMAND

  start [PATH…]        serve the portal; without PATH or --config the sample estate
      --config FILE --port N --host ADDRESS --data DIR --database URL
  scan PATH…           print what is in the repositories below PATH
      --json           as JSON   --write   also write a proposed catalog-info.yaml where there is none
  validate FILE…       check descriptors; exits with 1 when one is wrong
  query WORDS…         search a running portal   --json
  export               all entities of a running portal as YAML   --json   --filter kind=component
  run TEMPLATE         start an action of a running portal
      --set NAME=VALUE --secret NAME=@FILE --entity REF   --wait until it has ended   --json
  check [PATH]         whether an entity is good enough by a scorecard, or would be with the checkout at PATH;
                       exits with 1 when it is not
      --scorecard REF --entity REF --min LEVEL   --junit FILE --sarif FILE --json
      --local          by the scorecards that come with Atrium, without a portal
  docs serve [PATH]    show the documentation of a folder as the portal would, and follow its files
      --port N         instead of 7008   --branch NAME   as it is on a branch, tag or commit
  audit verify [FILE]  whether the audit of a running portal, or an export or stream of one, is intact;
                       exits with 1 when it is not   --json
      --url URL        the portal that query, export, run, check and audit ask (http://127.0.0.1:7007)
      --token TOKEN    a token for it, where people sign in; better in the environment as ATRIUM_TOKEN
`;

/** Each command takes its own arguments and answers with the exit code. */
const commands: Record<string, (args: string[]) => Promise<number>> = {
  start,
  scan,
  validate,
  query,
  export: exportCatalog,
  run,
  audit,
  check,
  docs,
};

const [name = 'help', ...args] = process.argv.slice(2);
const command = commands[name];
try {
  if (command) process.exitCode = await command(args);
  else {
    console.error(usage);
    process.exitCode = name === 'help' || name === '--help' ? 0 : 2;
  }
} catch (error) {
  console.error(explain(error));
  process.exitCode = 2;
}

function explain(error: unknown): string {
  if (error instanceof AtriumError) return `${error.message}\n${error.remedy}`;
  const { message, code } = error as Error & { code?: string };
  return code?.startsWith('ERR_PARSE_ARGS') ? `${message}\n\n${usage}` : message;
}
