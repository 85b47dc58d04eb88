/** Makes valid labels and tags of what manifests say. */

/** Label values allow no `#`, `+` or space. */
export function toLabel(text: string | undefined): string | undefined {
  const plain = text
    ?.toLowerCase()
    .replace(/#/g, 'sharp')
    .replace(/\+\+/g, 'pp')
    .replace(/[^a-z0-9_.-]+/g, '-');
  return plain?.slice(0, 63).replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '') || undefined;
}

export function toTag(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9:+#]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '');
}
