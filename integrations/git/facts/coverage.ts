import { dig, type Fields, isFields, list, parseXml, text } from '../reading/parse.ts';
import type { FactCollector } from './collector.ts';
import { observation } from './observation.ts';
import { type ReportKind, reportsOf } from './reports.ts';
import { TEXTS, UNREADABLE } from './schema-parts.ts';

/** Lines that could be run, and that were. */
interface Lines {
  all: number;
  covered: number;
}

const REPORT: ReportKind<Lines> = {
  ending: /\.(info|xml)$/i,
  usual: /(^|\/)lcov[\w.-]*\.info$|(^|\/)(jacoco\w*|cobertura[\w-]*|coverage[\w.-]*)\.xml$/i,
  mark: /^SF:|<coverage\b[^>]{0,400}\bline-rate=|<report\b[^>]{0,400}>/m,
  read: (source) => {
    if (/^SF:/m.test(source)) return ofLcov(source);
    const whole = parseXml(source);
    return ofCobertura(whole.coverage) ?? ofJacoco(whole.report);
  },
};

export const coverage: FactCollector = {
  name: 'coverage',
  title: 'Coverage',
  description:
    'How much of the code tests run, from the reports of lcov, Cobertura and JaCoCo in its folder.',
  schema: {
    type: 'object',
    required: ['reports'],
    properties: {
      lines: {
        type: 'number',
        minimum: 0,
        maximum: 100,
        description: 'Percent of the lines of all reports together; left out where there is no report',
      },
      reports: { ...TEXTS, description: 'Their paths' },
      unreadable: UNREADABLE,
    },
  },
  collect(scope) {
    const { reports, unreadable } = reportsOf(scope, REPORT);
    const sum = (pick: (lines: Lines) => number) =>
      reports.reduce((total, { said }) => total + pick(said), 0);
    const all = sum((lines) => lines.all);
    const percent = (100 * sum((lines) => lines.covered)) / all;
    const details = {
      lines: all > 0 ? Math.round(percent * 10) / 10 : undefined,
      reports: reports.map(({ path }) => path),
      unreadable,
    };
    return observation(details, reports[0]?.path ?? unreadable?.[0]);
  },
};

/** Counts of each file, or else its lines one by one. */
function ofLcov(source: string): Lines | undefined {
  const lines = { all: 0, covered: 0 };
  let file = { all: 0, covered: 0 };
  let summed: Partial<Lines> = {};
  for (const line of source.split(/\r?\n/)) {
    const [, key = '', value = ''] = /^(DA|LF|LH):(.{0,100})$/.exec(line) ?? [];
    if (key === 'DA') {
      file.all += 1;
      if (Number(value.split(',')[1]) > 0) file.covered += 1;
    } else if (key === 'LF') summed.all = count(value);
    else if (key === 'LH') summed.covered = count(value);
    else if (line === 'end_of_record') {
      const { all, covered } = { ...file, ...summed };
      lines.all += all;
      lines.covered += Math.min(all, covered);
      file = { all: 0, covered: 0 };
      summed = {};
    }
  }
  return lines.all > 0 ? lines : undefined;
}

function count(value: unknown): number {
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : 0;
}

function ofCobertura(root: unknown): Lines | undefined {
  const rate = Number(text(dig(root, '@line-rate')) ?? 'none');
  if (!isFields(root) || !(rate >= 0 && rate <= 1)) return undefined;
  const all = count(root['@lines-valid']);
  if (all > 0) return { all, covered: Math.min(all, count(root['@lines-covered'])) };
  return counted(root) ?? { all: 1, covered: rate };
}

/** Older reports say no totals. */
function counted(root: Fields): Lines | undefined {
  const classes = list(dig(root, 'packages', 'package'))
    .flatMap((one) => list(dig(one, 'classes', 'class')))
    .flatMap((one) => list(dig(one, 'lines', 'line')));
  const covered = classes.filter((line) => count(dig(line, '@hits')) > 0).length;
  return classes.length > 0 ? { all: classes.length, covered } : undefined;
}

/** Counters stand at the end of a report, for all of it. */
function ofJacoco(root: unknown): Lines | undefined {
  const counter = list(dig(root, 'counter')).find((one) => dig(one, '@type') === 'LINE');
  if (counter === undefined) return undefined;
  const covered = count(dig(counter, '@covered'));
  const all = covered + count(dig(counter, '@missed'));
  return all > 0 ? { all, covered } : undefined;
}
