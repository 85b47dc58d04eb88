import { describe, expect, it } from 'vitest';
import { declarationsOf, goneSymbols, lackingSymbols, namedSymbols } from './code-symbols.ts';
import { pagesOf } from './page.test-helper.ts';

/** @param now and @param then words of the code, and what it declares. */
function gone(text: string, now: string[], then: string[] = [], page = 'docs/index.md') {
  const symbols = namedSymbols(pagesOf({ [page]: text }));
  const lacking = lackingSymbols(symbols, new Set(now));
  const declared = declarationsOf(lacking).filter((each) => now.includes(each));
  return goneSymbols(lacking, () => new Set(then), new Set(declared)).map(({ message, line }) => [
    message,
    line,
  ]);
}

describe('symbols of the code', () => {
  it('are gone that the code had when the page was written', () => {
    const text = 'Call `retryPayment()` with `MAX_TRIES`,\nor `PaymentService.charge()`.';
    expect(gone(text, ['PaymentService'], ['retryPayment', 'MAX_TRIES', 'charge'])).toEqual([
      ['It names retryPayment(), and the code has no retryPayment any more', 1],
      ['It names MAX_TRIES, which the code does not have any more', 1],
      ['It names PaymentService.charge(), and the code has no charge any more', 2],
    ]);
  });

  it('are gone that a class of the code does not have', () => {
    expect(gone('`PaymentService.charge()`', ['PaymentService', 'class PaymentService'])).toEqual([
      ['It names PaymentService.charge(), and the code has no charge', 1],
    ]);
  });

  it.each([
    ['the code has', '`retryPayment()` `PaymentService`', ['retryPayment', 'PaymentService']],
    ['nobody knows to have been there', '`retryPayment()` `MAX_TRIES` `kubectlApply`', []],
    ['are of a class that only is used', '`PaymentService.charge()`', ['PaymentService']],
    ['are too short to tell anything', '`Pay.to()`', ['class Pay', 'Pay']],
  ])('are well that %s', (_what, text, now) => {
    expect(gone(text, now)).toEqual([]);
  });

  it('are well on pages that tell what was', () => {
    expect(gone('`retryPayment()`', [], ['retryPayment'], 'docs/migration-to-2.md')).toEqual([]);
  });
});
