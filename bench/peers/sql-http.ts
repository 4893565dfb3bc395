import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { onQuestion, settings, tell } from '../harness/in-peer.ts';

const { url } = settings<{ url: string }>();
const pool = new pg.Pool({ connectionString: url, max: 10 });

const SQL = `
  select a.id, c.id as "componentId", c.key, c.name, r.id as "runId", r.status, r.channel, r.queued_at as "queuedAt"
  from product_journey_components a join journey_components c on c.id = a.component_id left join lateral (
    select * from journey_component_runs r where r.attachment_id = a.id order by r.id desc limit 20
  ) r on true
  where a.product_id = $1 and a.hidden_at is null order by a.display_order, r.id desc`;

type Line = { [column: string]: unknown };

// One statement written for this one question, and its rows put into the answer's shape.
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { id } = JSON.parse(Buffer.concat(chunks).toString()).variables;
  const { rows } = await pool.query({ name: 'nested', text: SQL, values: [id] });
  const body = JSON.stringify({ data: { product: { journeyComponents: attachmentsOf(rows) } } });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}).listen(0, '127.0.0.1');

function attachmentsOf(rows: Line[]) {
  const attachments = new Map<unknown, { component: Line; recentRuns: Line[] } & Line>();
  for (const { id, componentId, key, name, runId, status, channel, queuedAt } of rows) {
    const known = attachments.get(id) ?? { id, component: { id: componentId, key, name }, recentRuns: [] };
    attachments.set(id, known);
    if (runId) known.recentRuns.push({ id: runId, status, channel, queuedAt });
  }
  return [...attachments.values()];
}

await once(server, 'listening');
onQuestion(async () => null);
tell({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
