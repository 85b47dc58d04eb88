type Item = { sku: string; title: string; price: number };

const escape = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);

export function page(query: string, items: Item[]): string {
  const rows = items.map((item) => `<li><a href="/p/${item.sku}">${escape(item.title)}</a></li>`);
  return `<!doctype html><title>${escape(query)} · Quillmere</title><ul>${rows.join('')}</ul>`;
}
