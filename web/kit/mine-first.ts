/** What waits for whoever looks comes first. */
export function mineFirst<T extends { mayDecide: boolean }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => Number(b.mayDecide) - Number(a.mayDecide));
}
