import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { canonicalRef } from '#model/ref.ts';
import { endedStates } from '#model/run-states.ts';
import { terminalText } from '#model/terminal-text.ts';
import type { Run, runEventsSchema, startedSchema } from '../server/actions/contract.ts';
import { ask, type PortalAccess, portalOf, portalOptions } from './client.ts';

const PAUSE_MS = 300;

/** Starts an action. With --wait it tells what happens, and exits with 1 unless that ends well. */
export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      set: { type: 'string', multiple: true, default: [] },
      secret: { type: 'string', multiple: true, default: [] },
      entity: { type: 'string' },
      wait: { type: 'boolean' },
      json: { type: 'boolean' },
      ...portalOptions,
    },
  });
  const [template] = positionals;
  if (!template || positionals.length > 1) {
    throw new AtriumError('INPUT_INVALID', 'Name one template: atrium run go-service --set name=cart');
  }
  const portal = portalOf(values);
  const { id } = await ask<z.infer<typeof startedSchema>>(portal, '/api/runs', {
    template: canonicalRef(template, { kind: 'template' }),
    values: Object.fromEntries(values.set.map(readSetting)),
    secrets: Object.fromEntries(values.secret.map(readSecret)),
    ...(values.entity === undefined ? {} : { entity: values.entity }),
  });
  if (!values.wait) {
    console.log(values.json ? JSON.stringify({ id }) : `${new URL(`/runs/${id}`, portal.url)}`);
    return 0;
  }
  const done = await follow(portal, id, values.json ? () => undefined : say);
  if (values.json) console.log(JSON.stringify(done, null, 2));
  else for (const { title, url, entityRef } of done.output.links) say(`${title}: ${url ?? entityRef}`);
  return done.state === 'succeeded' ? 0 : 1;
}

const say = (line: string) => console.log(terminalText(line));

/** `a=1` is the number and `a=x` the text; `a=[1]` is whatever JSON it is. */
function readSetting(text: string): [string, unknown] {
  const [name, value] = split(text, '--set');
  try {
    return [name, JSON.parse(value)];
  } catch {
    return [name, value];
  }
}

/** `NAME=@FILE` or `NAME=$VARIABLE`: a secret on the command line is seen by everybody on the machine. */
function readSecret(text: string): [string, string] {
  const [name, from] = split(text, '--secret');
  if (from.startsWith('@')) return [name, readFileSync(from.slice(1), 'utf8').trim()];
  const value = from.startsWith('$') ? process.env[from.slice(1)] : undefined;
  if (value !== undefined) return [name, value];
  throw new AtriumError(
    'INPUT_INVALID',
    `--secret ${name}: write ${name}=@FILE, or ${name}=$VARIABLE that is set`,
  );
}

function split(text: string, option: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new AtriumError('INPUT_INVALID', `${option} ${text}: write it as name=value`);
}

/** Tells each event once, until the run has ended. */
async function follow(portal: PortalAccess, id: string, tell: (line: string) => void): Promise<Run> {
  for (let after = 0; ; await sleep(PAUSE_MS)) {
    const now = await ask<Run>(portal, `/api/runs/${id}`);
    const { items } = await ask<z.infer<typeof runEventsSchema>>(
      portal,
      `/api/runs/${id}/events?after=${after}`,
    );
    for (const event of items) tell(`${event.at.slice(11, 19)} ${event.message}`);
    after = items.at(-1)?.id ?? after;
    if (endedStates.includes(now.state)) return now;
  }
}
