import { createServer } from 'node:http';
import { signed } from './signature.ts';

const payments = process.env.PAYMENTS_API_URL ?? 'http://payments-api:8080';

createServer(async (request, response) => {
  const provider = request.url?.split('/')[2] ?? '';
  const body = Buffer.concat(await Array.fromAsync(request));
  if (!signed(body, request.headers['x-signature']?.toString() ?? '', process.env[`SECRET_${provider}`] ?? '')) {
    return response.writeHead(401).end();
  }
  const answer = await fetch(`${payments}/v2/notices/${provider}`, { method: 'POST', body });
  response.writeHead(answer.ok ? 200 : 503).end();
}).listen(8080);
