/** What a gate says, as pipelines read it: JUnit XML and SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/). */
import { XMLBuilder } from 'fast-xml-parser';
import type { Gate, Rung } from '../server/scorecards/contract.ts';

export function junitOf({ entity, title, rungs }: Gate): string {
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true });
  const failed = rungs.filter(({ result }) => result === 'fail').length;
  const skipped = rungs.filter(({ result }) => result !== 'fail' && result !== 'pass').length;
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuite: {
      ...{ '@name': `${title}: ${entity}`, '@tests': rungs.length, '@failures': failed, '@skipped': skipped },
      testcase: rungs.map((rung) => ({
        ...{ '@classname': `${title}.${rung.level}`, '@name': rung.title },
        ...outcomeOf(rung),
      })),
    },
  });
}

function outcomeOf({ result, message, remedy }: Rung): object {
  if (result === 'pass') return {};
  const text = [message, remedy.text].filter(Boolean).join('\n');
  if (result === 'fail') return { failure: { '@message': message ?? 'failed', '#text': text } };
  return { skipped: { '@message': message ?? result } };
}

const levels = { fail: 'error', grace: 'warning', unknown: 'note' } as const;

export function sarifOf({ entity, title, rungs }: Gate): string {
  const results = rungs.flatMap(({ id, title: rule, result, message, remedy, facts }) => {
    if (result !== 'fail' && result !== 'grace' && result !== 'unknown') return [];
    const text = [`${rule}: ${message ?? result}`, remedy.text].filter(Boolean).join('. ');
    const place = facts.find(({ path }) => path !== null);
    return [{ ruleId: id, level: levels[result], message: { text }, locations: [locationOf(place)] }];
  });
  const rules = rungs.map(({ id, title: name, why, source }) => ({
    id,
    shortDescription: { text: name },
    ...(why && { fullDescription: { text: why } }),
    ...(source && { helpUri: source }),
  }));
  const run = {
    tool: { driver: { name: 'Atrium', rules } },
    properties: { entity, scorecard: title },
    results,
  };
  const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`;
}

/** Viewers leave out what has no place, so what is about the whole is put on the root. */
function locationOf(place: Rung['facts'][number] | undefined): object {
  const uri = place?.path ?? '.';
  const region = place?.line ? { region: { startLine: place.line } } : {};
  return { physicalLocation: { artifactLocation: { uri }, ...region } };
}
