import { type Operation, RequestRefused, type Result, type Transport } from './operation.ts';

export type EventStreamOptions = {
  /** Of the GraphQL endpoint. */
  url: string | URL;
  headers?: Record<string, string>;
  fetch?: typeof fetch;
};

/** Operations as server-sent events over fetch: needs nothing but HTTP. */
export function overEventStream({ url, headers, fetch = globalThis.fetch }: EventStreamOptions): Transport {
  return async function* (operation, signal) {
    const silence = new AbortController();
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify(operation satisfies Operation),
      signal: AbortSignal.any([signal, silence.signal]),
    });
    await checkAnswer(response);
    // The server sends at least a comment every 12 seconds.
    let timer = setTimeout(() => silence.abort(), SILENCE_MS);
    try {
      let text = '';
      const decoder = new TextDecoder();
      for await (const chunk of chunksOf(response.body!)) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_MS);
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop()!;
        for (const block of blocks) {
          const { event, data } = fieldsOf(block);
          if (event === 'complete') return;
          if (event === 'next' && data) yield JSON.parse(data) as Result;
        }
      }
      throw new Error('The server ended the stream of events.');
    } finally {
      clearTimeout(timer);
      silence.abort();
    }
  };
}

const SILENCE_MS = 30_000;

async function checkAnswer(response: Response): Promise<void> {
  const isStream = response.headers.get('content-type')?.includes('text/event-stream');
  if (response.ok && isStream) return;
  const text = (await response.text()).slice(0, 1_000);
  const message = `The server answered ${response.status}: ${text}`;
  const isPassing = response.status >= 500 || response.status === 408 || response.status === 429;
  throw isPassing ? new Error(message) : new RequestRefused(message);
}

/** Not every browser's stream can be iterated over. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const reader = body.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}

function fieldsOf(block: string): { event?: string; data?: string } {
  const fields: Record<string, string> = {};
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) fields[line.slice(0, colon)] = line.slice(colon + 1).trimStart();
  }
  return fields;
}
