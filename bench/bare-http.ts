/** The least that a server can do: `node bench/bare-http.ts FILE.json` answers given paths with given bytes. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

const file = process.argv[2];
if (!file) throw new Error('usage: node bench/bare-http.ts FILE.json');
const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
const answers = new Map(Object.entries(texts).map(([path, text]) => [path, Buffer.from(text)]));

const server = createServer((request, response) => {
  const bytes = answers.get(request.url ?? '');
  if (!bytes) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
  });
  response.end(bytes);
});

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(
    `Bare answers are at http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
  );
});
