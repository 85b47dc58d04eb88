export const checkout = (base: string) => ({
  start: (basketId: string) =>
    fetch(`${base}/checkouts`, {
      method: 'POST',
      headers: { 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify({ basketId }),
    }),
});
