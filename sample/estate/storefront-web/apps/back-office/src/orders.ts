export type Order = { id: string; placedAt: string; state: string };

/** Finds an order by its number, or by the last six digits of it. */
export async function findOrder(text: string): Promise<Order | undefined> {
  const base = process.env.ORDER_ORCHESTRATOR_URL ?? 'http://order-orchestrator:8080';
  const response = await fetch(`${base}/orders?number=${encodeURIComponent(text.trim())}`);
  if (!response.ok) return undefined;
  return (await response.json()) as Order;
}
