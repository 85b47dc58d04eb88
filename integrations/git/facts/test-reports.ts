import { dig, type Fields, isFields, list, parseXml, text } from '../reading/parse.ts';
import type { FactCollector } from './collector.ts';
import { observation } from './observation.ts';
import { type ReportKind, reportsOf } from './reports.ts';
import { COUNT, UNREADABLE } from './schema-parts.ts';

interface Counts {
  tests: number;
  failures: number;
  errors: number;
  skipped: number;
}

const JUNIT: ReportKind<Counts> = {
  ending: /\.xml$/i,
  usual: /(^|\/)(TEST-[^/]+|[^/]*junit[^/]*|test-?(results?|reports?)[^/]*|[^/]+-test-?results?)\.xml$/i,
  mark: /<testsuites?\b/,
  read: (source) => {
    const { testsuites, testsuite } = parseXml(source);
    if (testsuites === undefined && testsuite === undefined) return undefined;
    // A suite without attributes and content is read as a text.
    return sum([...list(testsuite), ...suitesIn(testsuites)].map((suite) => countsOf(suite, 0)));
  },
};

export const testReports: FactCollector = {
  name: 'testReports',
  title: 'Test reports',
  description: 'How many tests ran and failed, from the JUnit reports in its folder.',
  schema: {
    type: 'object',
    required: ['reports'],
    properties: {
      reports: COUNT,
      tests: { ...COUNT, description: 'Left out where there is no report' },
      failures: COUNT,
      errors: COUNT,
      skipped: COUNT,
      unreadable: UNREADABLE,
    },
  },
  collect(scope) {
    const { reports, unreadable } = reportsOf(scope, JUNIT);
    const counts = reports.length === 0 ? {} : sum(reports.map(({ said }) => said));
    return observation({ reports: reports.length, ...counts, unreadable }, worst(reports) ?? unreadable?.[0]);
  },
};

function worst(reports: readonly { path: string; said: Counts }[]): string | undefined {
  return (reports.find(({ said }) => said.failures + said.errors > 0) ?? reports[0])?.path;
}

/** An older form nests the suites of several programs. */
function suitesIn(testsuites: unknown): unknown[] {
  return list(testsuites).flatMap((one) => {
    const inner = list(dig(one, 'testsuite'));
    return inner.length > 0 ? inner : [one];
  });
}

const DEEPEST = 50;

/** Tests are counted where they are listed; a summary has only the numbers of its attributes. */
function countsOf(suite: unknown, depth: number): Counts {
  if (!isFields(suite) || depth > DEEPEST) return sum([]);
  const cases = list(suite.testcase).filter(isFields);
  const inner = list(suite.testsuite);
  if (cases.length === 0 && inner.length === 0) return fromAttributes(suite);
  const having = (name: string) => cases.filter((one) => name in one).length;
  const own = {
    tests: cases.length,
    failures: having('failure'),
    errors: having('error'),
    skipped: having('skipped'),
  };
  return sum([own, ...inner.map((one) => countsOf(one, depth + 1))]);
}

function fromAttributes(suite: Fields): Counts {
  const number = (name: string) => {
    const value = Number(text(suite[`@${name}`]) ?? 0);
    return Number.isSafeInteger(value) && value > 0 ? value : 0;
  };
  return {
    tests: number('tests'),
    failures: number('failures'),
    errors: number('errors'),
    skipped: number('skipped') || number('disabled'),
  };
}

function sum(all: readonly Counts[]): Counts {
  const total = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  for (const one of all) {
    total.tests += one.tests;
    total.failures += one.failures;
    total.errors += one.errors;
    total.skipped += one.skipped;
  }
  return total;
}
