/** The facts and checks of scorecards-seed.ts, in the words of Backstage's Tech Insights. */

/** What is no plain comparison there, the fact retriever has worked out. */
const facts = {
  readmePresent: 'boolean',
  readmeWords: 'integer',
  readmeUsage: 'boolean',
  readmeDays: 'integer',
  ciPresent: 'boolean',
  ciRunsTests: 'boolean',
  ciSystems: 'set',
  testFiles: 'integer',
  locked: 'boolean',
  direct: 'integer',
  pinnedTwice: 'integer',
  lockFiles: 'integer',
  coverage: 'integer',
  coverageDays: 'integer',
  description: 'string',
  hasRunbook: 'boolean',
  tier: 'string',
  lifecycle: 'string',
  probeA: 'integer',
  probeB: 'boolean',
  probeStartsWithX: 'boolean',
  licenseMissing: 'boolean',
} as const;

type Condition = [fact: keyof typeof facts, operator: string, value: unknown];

const all = (...conditions: Condition[]) => ({ all: conditions.map(asCondition) });
const any = (...conditions: Condition[]) => ({ any: conditions.map(asCondition) });
const asCondition = ([fact, operator, value]: Condition) => ({ fact, operator, value });

/** In the order of scorecards-seed.ts. */
const checks = [
  all(['readmePresent', 'equal', true]),
  all(['readmeWords', 'greaterThanInclusive', 30]),
  any(['readmeUsage', 'equal', true], ['readmeWords', 'greaterThan', 100]),
  all(['readmeDays', 'lessThan', 365]),
  all(['ciPresent', 'equal', true], ['ciRunsTests', 'equal', true]),
  all(['ciSystems', 'contains', 'github-actions']),
  all(['testFiles', 'greaterThan', 0]),
  any(['testFiles', 'greaterThanInclusive', 10], ['coverage', 'greaterThan', 50]),
  all(['locked', 'equal', true]),
  all(['pinnedTwice', 'greaterThanInclusive', { fact: 'direct' }]),
  all(['lockFiles', 'greaterThan', 0]),
  all(['coverage', 'greaterThanInclusive', 70]),
  all(['coverageDays', 'lessThan', 60]),
  all(['description', 'notEqual', '']),
  all(['hasRunbook', 'equal', true]),
  all(['tier', 'in', ['0', '1']]),
  all(['lifecycle', 'equal', 'production']),
  all(['probeA', 'greaterThanInclusive', 50]),
  any(['probeB', 'equal', true], ['probeStartsWithX', 'equal', true]),
  all(['licenseMissing', 'equal', true]),
];

export function peerConfig(): string {
  const named = checks.map((conditions, index) => [
    `rule-${index + 1}`,
    {
      ...{ type: 'json-rules-engine', name: `Rule ${index + 1}`, description: `Rule ${index + 1}` },
      factIds: ['seed'],
      rule: { conditions },
    },
  ]);
  return JSON.stringify({
    techInsights: {
      factRetrievers: { seed: { cadence: '0 0 1 1 *', initialDelay: { seconds: 2 } } },
      factChecker: { checks: Object.fromEntries(named) },
    },
  });
}

/** A backend whose fact retriever makes the same facts as the seed. */
export function peerProgram(count: number): string {
  const schema = Object.fromEntries(
    Object.entries(facts).map(([name, type]) => [name, { type, description: name }]),
  );
  return `'use strict';
const { createBackend } = require('@backstage/backend-defaults');
const { createBackendModule } = require('@backstage/backend-plugin-api');
const { techInsightsFactRetrieversExtensionPoint } = require('@backstage-community/plugin-tech-insights-node');

const daysSince = (text) => Math.floor((Date.now() - Date.parse(text)) / 86400000);

function factsOf(n) {
  return {
    readmePresent: n % 5 > 0,
    readmeWords: n % 300,
    readmeUsage: n % 2 === 0,
    readmeDays: daysSince('2026-0' + (1 + (n % 9)) + '-11'),
    ciPresent: n % 7 > 0,
    ciRunsTests: n % 3 > 0,
    ciSystems: ['github-actions'],
    testFiles: n % 40,
    locked: n % 3 > 0,
    direct: n % 50,
    pinnedTwice: 2 * (n % 30),
    lockFiles: 1,
    coverage: n % 100,
    coverageDays: daysSince('2026-11-01T00:00:00.000Z'),
    description: 'Service ' + n,
    hasRunbook: true,
    tier: String(n % 3),
    lifecycle: 'production',
    probeA: n % 100,
    probeB: n % 2 === 0,
    probeStartsWithX: true,
    licenseMissing: true,
  };
}

const seed = {
  id: 'seed',
  version: '1.0.0',
  entityFilter: [{ kind: 'component' }],
  schema: ${JSON.stringify(schema)},
  handler: async () =>
    Array.from({ length: ${count} }, (_, index) => ({
      entity: { namespace: 'default', kind: 'component', name: 'service-' + (index + 1) },
      facts: factsOf(index + 1),
    })),
};

const seedModule = createBackendModule({
  pluginId: 'tech-insights',
  moduleId: 'seed',
  register(reg) {
    reg.registerInit({
      deps: { retrievers: techInsightsFactRetrieversExtensionPoint },
      init: async ({ retrievers }) => retrievers.addFactRetrievers({ seed }),
    });
  },
});

const backend = createBackend();
backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage-community/plugin-tech-insights-backend'));
backend.add(import('@backstage-community/plugin-tech-insights-backend-module-jsonfc'));
backend.add(seedModule);
backend.start();
`;
}
