import { expect, it } from 'vitest';
import { coverage } from './coverage.ts';
import { observe } from './scope.test-helper.ts';

const lines = (path: string, source: string) => observe(coverage, { [path]: source })?.value.lines;

it.each([
  [
    'coverage/lcov.info',
    'TN:\nSF:a.ts\nDA:1,1\nDA:2,0\nLF:3\nLH:1\nend_of_record\nSF:b.ts\nLF:5\nLH:4\nend_of_record\n',
    62.5,
  ],
  ['lcov.info', 'SF:a.ts\nDA:1,1\nDA:2,0\nDA:3,7\nend_of_record\n', 66.7],
  [
    'coverage.xml',
    '<?xml version="1.0"?><coverage line-rate="0.5" lines-valid="8" lines-covered="2"></coverage>',
    25,
  ],
  [
    'cobertura-coverage.xml',
    '<coverage line-rate="0.5"><packages><package><classes><class><lines><line number="1" hits="0"/><line number="2" hits="3"/><line number="3" hits="1"/></lines></class></classes></package></packages></coverage>',
    66.7,
  ],
  ['cobertura.xml', '<coverage version="1" line-rate="0.4"/>', 40],
  [
    'target/jacoco.xml',
    '<!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd"><report name="x"><package name="p"><counter type="LINE" missed="100" covered="0"/></package><counter type="BRANCH" missed="9" covered="1"/><counter type="LINE" missed="1" covered="3"/></report>',
    75,
  ],
])('reads %s', (path, source, percent) => {
  expect(lines(path, source)).toBe(percent);
});

it('puts the lines of several reports together', () => {
  const files = {
    'a/lcov.info': 'SF:a\nLF:10\nLH:10\nend_of_record\n',
    'b.xml': '<coverage line-rate="1" lines-valid="30" lines-covered="0"/>',
  };
  expect(observe(coverage, files)).toEqual({
    value: { lines: 25, reports: ['a/lcov.info', 'b.xml'] },
    path: 'a/lcov.info',
  });
});

it('says no share where there is no report, or none that can be read', () => {
  expect(observe(coverage, { 'report.xml': '<report name="sales"><total>3</total></report>' })).toEqual({
    value: { reports: [] },
  });
  const broken = {
    'lcov.info': 'SF:a\nLF:-1\nLH:x\nend_of_record',
    'coverage.xml': '<coverage line-rate="many"/>',
  };
  expect(observe(coverage, broken)?.value).toEqual({
    reports: [],
    unreadable: ['coverage.xml', 'lcov.info'],
  });
});

it('never comes to more than all', () => {
  expect(lines('lcov.info', 'SF:a\nLF:1\nLH:9\nend_of_record\n')).toBe(100);
});
