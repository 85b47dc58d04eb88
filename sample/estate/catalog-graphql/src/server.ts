import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';

const schema = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');

const upstream = {
  search: process.env.SEARCH_API_URL ?? 'http://search-api:7700',
  pricing: process.env.PRICING_ENGINE_URL ?? 'http://pricing-engine:8080',
  stock: process.env.STOCK_SERVICE_URL ?? 'http://stock-service:9090',
  recommendations: process.env.RECOMMENDATIONS_URL ?? 'http://recommendations:8000',
};

createServer((request, response) => {
  if (request.url === '/schema') return response.end(schema);
  response.end(JSON.stringify({ upstream: Object.keys(upstream) }));
}).listen(4000);
