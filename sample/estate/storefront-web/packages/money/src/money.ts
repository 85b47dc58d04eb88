/** An amount in minor units. Never a float. */
export type Money = { amount: number; currency: string };

export function add(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new Error(`can't add ${a.currency} and ${b.currency}`);
  return { amount: a.amount + b.amount, currency: a.currency };
}

/** Splits into parts that differ by at most one and sum to the whole. */
export function split(whole: Money, parts: number): Money[] {
  const base = Math.trunc(whole.amount / parts);
  const rest = whole.amount - base * parts;
  return Array.from({ length: parts }, (_, i) => ({ ...whole, amount: base + (i < rest ? 1 : 0) }));
}
