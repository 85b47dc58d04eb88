import { expect, it } from 'vitest';
import { observe } from './scope.test-helper.ts';
import { testReports } from './test-reports.ts';

const counts = (source: string) => observe(testReports, { 'TEST-a.xml': source })?.value;

it('counts the tests of all reports', () => {
  const files = {
    'build/TEST-a.xml':
      '<?xml version="1.0"?><testsuite name="a" tests="9"><testcase name="1"/><testcase name="2"><failure>no</failure></testcase><testcase name="3"><skipped/></testcase></testsuite>',
    'junit.xml': '<testsuites><testsuite><testcase name="4"><error/></testcase></testsuite></testsuites>',
  };
  expect(observe(testReports, files)).toEqual({
    value: { reports: 2, tests: 4, failures: 1, errors: 1, skipped: 1 },
    path: 'build/TEST-a.xml',
  });
});

it('goes into suites of suites', () => {
  const inner =
    '<testsuite tests="5"><testcase name="1"/><testsuite><testcase name="2"/></testsuite></testsuite>';
  expect(counts(`<testsuites tests="7">${inner}${inner}</testsuites>`)).toMatchObject({ tests: 4 });
});

it('takes the numbers of a summary', () => {
  expect(
    counts('<testsuites><testsuite tests="5" failures="2" errors="1" disabled="1"/></testsuites>'),
  ).toEqual({
    ...{ reports: 1, tests: 5, failures: 2, errors: 1, skipped: 1 },
  });
  expect(counts('<testsuites tests="3" failures="1"/>')).toMatchObject({ tests: 3, failures: 1 });
  expect(counts('<testsuite tests="-3" failures="many"/>')).toMatchObject({ tests: 0, failures: 0 });
});

it('says that there is no report, without counts', () => {
  expect(observe(testReports, { 'pom.xml': '<project/>' })).toEqual({ value: { reports: 0 } });
});

it('names one that is broken', () => {
  expect(counts('<testsuites><testsuite tests="1"')).toEqual({ reports: 0, unreadable: ['TEST-a.xml'] });
});
