import { createServer } from 'node:http';
import { page } from './page.ts';

const search = process.env.SEARCH_API_URL ?? 'http://search-api:7700';

createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://shop');
  if (url.pathname === '/healthz') return response.end('ok');
  const query = url.searchParams.get('q') ?? '';
  const found = await fetch(`${search}/v1/search?q=${encodeURIComponent(query)}`).then((r) => r.json());
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(page(query, found.items));
}).listen(3000);
