import { callFor } from './callers.ts';
import { type HttpClient, openHttpClient } from './http-client.ts';
import type { Sample } from './turns.ts';

export type HttpLoad = { url: string; connections: number; ms: number; body: () => string };

/** Sends requests over that many connections for `ms`. @throws at the first answer that is none, or tells of an error */
export async function loadOverHttp({ url, connections, ms, body }: HttpLoad): Promise<Sample> {
  const clients = await Promise.all(Array.from({ length: connections }, () => openHttpClient(url)));
  const idle: HttpClient[] = [...clients];
  try {
    return await callFor(ms, connections, async () => {
      const client = idle.pop()!;
      const answer = await client.post(body());
      if (ERRORS.test(answer)) throw new Error(answer.slice(0, 500));
      idle.push(client);
    });
  } finally {
    for (const client of clients) client.close();
  }
}

const ERRORS = /"errors":|"userErrors":\[\{/;
