import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSchema, createYoga } from 'graphql-yoga';
import { onQuestion, tell } from '../harness/in-peer.ts';

// GraphQL Yoga as its documentation sets it up.
const yoga = createYoga({
  schema: createSchema({ typeDefs: 'type Query { hello: String }' }),
  logging: false,
});
const server = createServer(yoga).listen(0, '127.0.0.1');
await once(server, 'listening');
onQuestion(async () => null);
tell({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` });
