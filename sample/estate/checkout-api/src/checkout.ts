import type { Clients } from './clients.ts';

export type Checkout = { id: string; basketId: string; state: 'open' | 'paying' | 'paid'; total: number };

const byKey = new Map<string, Checkout>();
const byBasket = new Map<string, Checkout>();

/** Freezes a basket. The same key gives the same answer; another key for the same basket is a conflict. */
export async function startCheckout(clients: Clients, key: string, basketId: string) {
  const before = byKey.get(key);
  if (before) return { status: 201, body: before };

  const competing = byBasket.get(basketId);
  if (competing) return { status: 409, body: { message: 'already being checked out', checkout: competing.id } };

  const lines = await clients.basket(basketId);
  const total = await clients.price(lines);
  const checkout: Checkout = { id: crypto.randomUUID(), basketId, state: 'open', total };

  byKey.set(key, checkout);
  byBasket.set(basketId, checkout);
  return { status: 201, body: checkout };
}
