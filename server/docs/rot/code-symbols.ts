/** Functions, classes and constants that pages name and that the code does not have any more. */
import { type FoundProblem, type RotPage, shown } from './found.ts';

/** A symbol that a page names. */
export interface NamedSymbol {
  page: string;
  /** Of the page's file, in the repository. */
  at: string;
  /** As written. */
  text: string;
  line: number | null;
  /** `Payment` and `retry` of `Payment.retry()`. */
  parts: readonly string[];
  /** It names a class and something of it, and calls it: nothing else is written so. */
  strong: boolean;
}

const CALL = /\(.*\)$/s;
const SEPARATOR = /\.|::|#/;
const CLASS = /^[A-Z][a-z]+[A-Za-z0-9]*$/;
/** A shorter one may be anything. */
const SHORTEST = 4;
const MOST_SYMBOLS = 300;
/** What stands before the name of something with members where it is declared. */
const DECLARATIONS = ['class', 'interface', 'struct', 'enum', 'trait', 'object', 'module', 'type'];

/** Each name once a page; those that are too short to tell anything are left out. */
export function namedSymbols(pages: readonly RotPage[]): NamedSymbol[] {
  return pages
    .flatMap((page) =>
      page.historical
        ? []
        : page.outline.mentions.filter(({ kind }) => kind === 'symbol').flatMap(readSymbol(page)),
    )
    .slice(0, MOST_SYMBOLS);
}

function readSymbol({ page, at }: RotPage) {
  return ({ text, line }: RotPage['outline']['mentions'][number]): NamedSymbol[] => {
    const written = text.trim();
    const parts = written.replace(CALL, '').split(SEPARATOR);
    if (parts.some((part) => !/^[A-Za-z_$][\w$]*$/.test(part)) || (parts.at(-1) ?? '').length < SHORTEST)
      return [];
    const strong = CALL.test(written) && parts.length === 2 && CLASS.test(parts[0] ?? '');
    return [{ page, at, text: written, line: line ?? null, parts, strong }];
  };
}

/** Those of which the code lacks something now, and what it lacks. */
export interface LackingSymbol extends NamedSymbol {
  lacking: readonly string[];
}

export function lackingSymbols(symbols: readonly NamedSymbol[], now: ReadonlySet<string>): LackingSymbol[] {
  return symbols.flatMap((symbol) => {
    const lacking = symbol.parts.filter((part) => part.length >= SHORTEST && !now.has(part));
    return lacking.length > 0 ? [{ ...symbol, lacking }] : [];
  });
}

/** What is to be looked for to tell whether the class of a strong form is one of this code. */
export function declarationsOf(symbols: readonly NamedSymbol[]): string[] {
  const classes = new Set(symbols.filter(({ strong }) => strong).map(({ parts }) => parts[0] ?? ''));
  return [...classes].flatMap((name) => DECLARATIONS.map((word) => `${word} ${name}`));
}

/**
 * Symbols are reported that were in the code once, and members of classes that the code has. Everything else may be
 * of a library, of another system or of the reader's own code.
 * @param hadWords words that the code had when the page was written, by the page's file.
 * @param declared of `declarationsOf`, those that the code has.
 */
export function goneSymbols(
  lacking: readonly LackingSymbol[],
  hadWords: (at: string) => ReadonlySet<string>,
  declared: ReadonlySet<string>,
): FoundProblem[] {
  return lacking.flatMap(({ page, at, text, line, strong, parts, lacking: gone }) => {
    const had = hadWords(at);
    const left = gone.find((part) => had.has(part));
    const isOwn = DECLARATIONS.some((word) => declared.has(`${word} ${parts[0]}`));
    const member = strong && isOwn && gone.includes(parts[1] ?? '') ? parts[1] : undefined;
    const missing = left ?? member;
    if (missing === undefined) return [];
    const again = left === undefined ? '' : ' any more';
    return [
      {
        page,
        kind: 'missing-code' as const,
        message:
          missing === text
            ? `It names ${shown(text)}, which the code does not have${again}`
            : `It names ${shown(text)}, and the code has no ${missing}${again}`,
        remedy: 'Name what took its place, or take it out.',
        line,
      },
    ];
  });
}
