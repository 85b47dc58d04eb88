/** Shares a total between two cards: the first pays what it can, the second the rest. */
export function share(total: number, firstLimit: number): [number, number] {
  const first = Math.min(total, firstLimit);
  return [first, total - first];
}
