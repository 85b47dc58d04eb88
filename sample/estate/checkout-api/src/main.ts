import { createServer } from 'node:http';
import { startCheckout } from './checkout.ts';
import { clients } from './clients.ts';

const port = Number(process.env.PORT ?? 8080);

const server = createServer(async (request, response) => {
  if (request.url === '/healthz') return response.writeHead(200).end('ok');
  if (request.method !== 'POST' || request.url !== '/checkouts') return response.writeHead(404).end();

  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string') return response.writeHead(400).end('Idempotency-Key is missing');

  const body = await Array.fromAsync(request);
  const { basketId } = JSON.parse(Buffer.concat(body).toString());
  const result = await startCheckout(clients, key, basketId);
  response.writeHead(result.status, { 'content-type': 'application/json' }).end(JSON.stringify(result.body));
});

server.listen(port, () => console.log(JSON.stringify({ event: 'listening', port })));

process.on('SIGTERM', () => server.close());
