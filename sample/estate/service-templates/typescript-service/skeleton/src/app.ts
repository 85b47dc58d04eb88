import { createServer } from 'node:http';

/** The service without a port, so that tests can have one of their own. */
export function createApp() {
  return createServer((request, response) => {
    const isHealth = request.url === '/healthz';
    const body = isHealth ? { status: 'ok' } : { message: 'Hello from ${{ values.name }}' };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  });
}
