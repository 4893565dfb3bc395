import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onQuestion, tell } from '../harness/in-peer.ts';

// The least that an HTTP server on node:http can do: reads the body, and answers JSON.
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = '{"data":{"__typename":"Query"}}';
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    response.end(body);
  });
}).listen(0, '127.0.0.1');
await once(server, 'listening');
onQuestion(async () => null);
tell({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` });
