import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TestApp } from './app.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test says by its expectations what a result holds.
type Result = { data?: any; errors?: readonly { message: string; extensions?: any }[] };

/** A WebSocket client; `subscribe` answers with the results of one operation. */
export function openSocket(app: TestApp) {
  const client = createClient({ url: app.socketUrl, webSocketImpl: WebSocket, retryAttempts: 0, lazy: true });
  return {
    subscribe: (query: string, variables?: Record<string, unknown>) =>
      client.iterate({ query, variables }) as AsyncIterableIterator<Result>,
    close: () => client.dispose(),
  };
}

export type ServerSentEvent = { id: string | null; event: string; data: Result | null };

/** The events that the service sends for an operation, comments left out. Leaving the loop cuts the connection. */
export async function* openEventStream(
  app: TestApp,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
): AsyncGenerator<ServerSentEvent, void, void> {
  const leaving = new AbortController();
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
    signal: leaving.signal,
  });
  try {
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const blocks = text.split('\n\n');
      text = blocks.pop()!;
      for (const block of blocks) if (!block.startsWith(':')) yield parsed(block);
    }
  } finally {
    leaving.abort();
  }
}

function parsed(block: string): ServerSentEvent {
  const fields = new Map(block.split('\n').map((line) => line.split(/:\s?(.*)/, 2) as [string, string]));
  const data = fields.get('data');
  return {
    id: fields.get('id') ?? null,
    event: fields.get('event') ?? 'message',
    data: data ? JSON.parse(data) : null,
  };
}

/** The first values of an iterable; it is left then. */
export async function takeFirst<T>(values: AsyncIterable<T>, count: number): Promise<T[]> {
  const taken: T[] = [];
  for await (const value of values) {
    taken.push(value);
    if (taken.length === count) break;
  }
  return taken;
}
