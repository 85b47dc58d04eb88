import { badge } from '../src/basket';

it('stops counting at 99', () => {
  expect(badge([{ sku: 'seed', count: 120, price: { amount: 1, currency: 'EUR' } }])).toBe('99+');
});
