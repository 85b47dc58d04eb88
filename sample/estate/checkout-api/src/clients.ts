export type Line = { sku: string; count: number };
export type Clients = {
  basket(id: string): Promise<Line[]>;
  price(lines: Line[]): Promise<number>;
};

const address = (name: string, fallback: string) => process.env[name] ?? fallback;

const basketUrl = address('BASKET_SERVICE_URL', 'http://basket-service:8080');
const pricingUrl = address('PRICING_ENGINE_URL', 'http://pricing-engine:8080');

async function json<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(800) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as T;
}

export const clients: Clients = {
  basket: (id) => json(`${basketUrl}/baskets/${id}/lines`),
  price: (lines) => json(`${pricingUrl}/quotes`, { method: 'POST', body: JSON.stringify({ lines }) }),
};
