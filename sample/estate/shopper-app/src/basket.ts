import type { Money } from '@quillmere/money';

export type Line = { sku: string; count: number; price: Money };

/** What the badge on the basket shows: 99+ above 99. */
export function badge(lines: Line[]): string {
  const count = lines.reduce((sum, line) => sum + line.count, 0);
  return count > 99 ? '99+' : String(count);
}
