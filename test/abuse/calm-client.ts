import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { ApiProcess } from './api-process.ts';

/** What a well-behaved client met during a time. */
export type Calm = { count: number; p50: number; p99: number; worst: number; failures: string[] };

const EVERY_MS = 25;
const ADDRESS = '198.51.100.1';
const BODY = JSON.stringify({ query: '{ product(sku: "no such") { id } }' });
const ANSWER = '{"data":{"product":null}}';

/** Sends one small query at a time, on one connection, until `work` is done. */
export async function watchCalm(api: ApiProcess, work: () => Promise<void>, key?: string): Promise<Calm> {
  const latencies: number[] = [];
  const failures: string[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const begun = performance.now();
      const answer = await send(api, agent, key).catch((error: Error) => error.message);
      latencies.push(performance.now() - begun);
      if (answer !== ANSWER) failures.push(answer.slice(0, 200));
      await pause(EVERY_MS);
    }
  })();
  try {
    await work();
  } finally {
    isOver = true;
    await watching;
    agent.destroy();
  }
  latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { count: latencies.length, p50: at(0.5), p99: at(0.99), worst: at(1), failures };
}

function send({ url }: ApiProcess, agent: Agent, key?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'x-forwarded-for': ADDRESS,
      ...(key && { authorization: `Bearer ${key}` }),
    };
    const sent = request(url, { method: 'POST', agent, headers, timeout: 30_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(text));
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in 30 s')));
    sent.on('error', reject);
    sent.end(BODY);
  });
}
