import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { AtriumError } from '#model/errors.ts';
import { canonicalRef } from '#model/ref.ts';
import { terminalText } from '#model/terminal-text.ts';
import type { rowsSchema } from '../server/catalog/contract.ts';
import type { factsSchema } from '../server/facts/contract.ts';
import type { Gate } from '../server/scorecards/contract.ts';
import type { sourcesSchema } from '../server/sources/contract.ts';
import { junitOf, sarifOf } from './check-reports.ts';
import { ask, type PortalAccess, portalOf, portalOptions } from './client.ts';
import { temporaryServer } from './server-process.ts';

const PAUSE_MS = 100;

interface Asked {
  entity: string;
  scorecard: string;
  min: string | undefined;
}

/**
 * Judges an entity by a scorecard. With the path of a checkout it says what this checkout would make of it, by the
 * portal's standards or, with --local, by the packs alone. Exits with 1 when it is not good enough.
 */
export async function check(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      entity: { type: 'string' },
      scorecard: { type: 'string' },
      min: { type: 'string' },
      local: { type: 'boolean' },
      junit: { type: 'string' },
      sarif: { type: 'string' },
      json: { type: 'boolean' },
      ...portalOptions,
    },
  });
  const [path] = positionals;
  if (!values.scorecard || (!values.entity && !path)) {
    throw new AtriumError(
      'INPUT_INVALID',
      'Name a scorecard, and an entity or a checkout: atrium check . --scorecard atrium/production-readiness',
    );
  }
  const { scorecard, min, entity } = values;
  const portal = values.local ? undefined : portalOf(values);
  const gate = path
    ? await checkCheckout(resolve(path), portal, { entity, scorecard, min })
    : await gateAt(portal ?? portalOf(values), { entity: canonicalRef(entity ?? ''), scorecard, min });
  if (values.junit) writeFileSync(values.junit, junitOf(gate));
  if (values.sarif) writeFileSync(values.sarif, sarifOf(gate));
  if (values.json) console.log(JSON.stringify(gate, null, 2));
  else for (const line of linesOf(gate)) console.log(terminalText(line));
  return gate.passed ? 0 : 1;
}

function gateAt(portal: PortalAccess, asked: Asked, facts?: Record<string, unknown>): Promise<Gate> {
  const { entity, scorecard, min } = asked;
  return ask<Gate>(portal, '/api/scores/gate', {
    ...{ entity, scorecard },
    ...(min !== undefined && { min }),
    ...(facts && { facts }),
  });
}

/** Reads the checkout as a source would, and has the facts judged. */
async function checkCheckout(
  path: string,
  portal: PortalAccess | undefined,
  asked: Omit<Asked, 'entity'> & { entity: string | undefined },
): Promise<Gate> {
  const server = await temporaryServer([path]);
  try {
    await untilRead(server);
    const entity = asked.entity ? canonicalRef(asked.entity) : await onlyComponent(server, path);
    if (!portal) return await gateAt(server, { ...asked, entity });
    const named = entity.replace(':', '/');
    const { items } = await ask<z.infer<typeof factsSchema>>(server, `/api/facts/entities/${named}`);
    const facts = Object.fromEntries(items.map(({ name, value }) => [name, value]));
    return await gateAt(portal, { ...asked, entity }, facts);
  } finally {
    await server.stop();
  }
}

async function untilRead(portal: PortalAccess): Promise<void> {
  for (;;) {
    const { ready } = await ask<z.infer<typeof sourcesSchema>>(portal, '/api/sources');
    if (ready) return;
    await sleep(PAUSE_MS);
  }
}

async function onlyComponent(portal: PortalAccess, path: string): Promise<string> {
  const { items } = await ask<z.infer<typeof rowsSchema>>(
    portal,
    '/api/catalog/rows?filter=kind=component&limit=50',
  );
  const [only] = items;
  if (only && items.length === 1) return only.ref;
  const found = items.length === 0 ? 'no component' : `${items.map(({ ref }) => ref).join(', ')}`;
  throw new AtriumError('INPUT_INVALID', `${path} holds ${found}: name one with --entity`);
}

const marks = { pass: '✓', fail: '✗', unknown: '?', exempt: '–', grace: '!', 'not-applicable': '·' } as const;

function linesOf({ entity, title, level, min, percent, before, passed, rungs }: Gate): string[] {
  const was = before ? `, was ${before.level ?? 'no level'}` : '';
  const rules = rungs.map(({ result, level: at, title: rule, message, before: earlier }) => {
    const change = earlier && earlier !== result ? ` (was ${earlier})` : '';
    return `  ${marks[result]} ${at.padEnd(8)} ${rule}${message ? `: ${message}` : ''}${change}`;
  });
  const verdict = min
    ? `${passed ? 'has' : 'does not have'} ${min}`
    : passed
      ? 'fails no rule'
      : 'fails rules';
  return [
    `${entity}: ${level ?? 'no level'} of ${title}${was}${percent === null ? '' : `, ${percent} %`}`,
    ...rules,
    `${entity} ${verdict}`,
  ];
}
