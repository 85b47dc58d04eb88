import { createServer } from 'node:http';
import { state } from './state.ts';

const routes = process.env.ROUTE_PLANNER_URL ?? 'http://route-planner:8080';
const notify = process.env.NOTIFY_URL ?? 'http://notify:8080';

createServer(async (request, response) => {
  if (request.method === 'POST' && request.url === '/scans') {
    const scan = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString());
    if (state(scan.code) === 'out') await fetch(`${notify}/messages`, { method: 'POST', body: '{}' });
    return response.writeHead(202).end();
  }
  const parcel = request.url?.split('/').at(-1);
  const window = await fetch(`${routes}/windows/${parcel}`);
  response.end(await window.text());
}).listen(8080);
