const allowed = new Set(['http:', 'https:', 'mailto:']);

/** Addresses come from descriptors and are not trusted: only those that a link may open. */
export function safeHref(address: string | undefined): string | undefined {
  if (!address) return undefined;
  const text = address.startsWith('url:') ? address.slice(4) : address;
  try {
    return allowed.has(new URL(text).protocol) ? text : undefined;
  } catch {
    return undefined;
  }
}
