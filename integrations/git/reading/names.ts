/** Turns anything into a valid entity name: 1-63 characters, letters and digits at both ends. */
export function entityName(raw: string): string {
  const clean = raw
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 63)
    .replace(/[^A-Za-z0-9]+$/, '');
  return clean === '' ? 'unnamed' : clean;
}

/** Without a package scope, owner or namespace: `@acme/cart` and `acme/cart` are `cart`. */
export function shortName(raw: string): string {
  return raw.slice(raw.lastIndexOf('/') + 1);
}

export function nameKey(raw: string): string {
  return raw.toLowerCase();
}

/** The key without separators, for `cart-service` against `cartservice` or `CartService`. */
export function looseKey(raw: string): string {
  return raw.toLowerCase().replace(/[^a-z0-9]/g, '');
}
