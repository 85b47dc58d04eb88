import { createServer } from 'node:http';

const env = process.env;
const upstream: Record<string, string> = {
  '/home': env.CATALOG_GRAPHQL_URL ?? 'http://catalog-graphql:4000',
  '/checkout': env.CHECKOUT_API_URL ?? 'http://checkout-api:8080',
  '/parcel': env.DELIVERY_TRACKING_URL ?? 'http://delivery-tracking:8080',
  '/session': env.SESSION_GATEWAY_URL ?? 'http://session-gateway:8443',
};

createServer(async (request, response) => {
  const version = Number(request.headers['x-app-version']?.toString().split('.')[0] ?? 0);
  if (version < 6) return response.writeHead(426).end();

  const path = Object.keys(upstream).find((prefix) => request.url?.startsWith(prefix));
  if (!path) return response.writeHead(404).end();

  const answer = await fetch(`${upstream[path]}${request.url}`);
  response.writeHead(answer.status).end(await answer.text());
}).listen(3000);
