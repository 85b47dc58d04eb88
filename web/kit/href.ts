/** A path of the portal itself, or an address elsewhere that a link may open. */
export function openHref(address: string | undefined): string | undefined {
  return address && isPortalPath(address) ? address : safeHref(address);
}

/** What a browser would not take for another host. */
export const isPortalPath = (address: string) => /^\/(?![/\\])[^\s\\]*$/.test(address);

const allowed = new Set(['http:', 'https:']);

/** Nothing but one mailbox: a `?` would add a subject, a text and others to write to. */
export function mailHref(address: string | null | undefined): string | undefined {
  return address && /^[^\s<>"',;:?&]+@[^\s<>"',;:?&]+$/.test(address) ? `mailto:${address}` : undefined;
}

/** Addresses come from descriptors and are not trusted: only those that a link may open. */
export function safeHref(address: string | undefined): string | undefined {
  if (!address) return undefined;
  const text = address.startsWith('url:') ? address.slice(4) : address;
  try {
    const { protocol, pathname, search } = new URL(text);
    if (protocol === 'mailto:') return mailHref(pathname + search);
    return allowed.has(protocol) ? text : undefined;
  } catch {
    return undefined;
  }
}
