import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Agent, EventSource } from 'undici';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../support/app.ts';
import { appendEvent, insertRunWithEvent, untilReleased } from '../support/events.ts';
import { startProxy, type TcpProxy } from '../support/proxy.ts';
import { insertComponent } from '../support/runs.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

type Event = { runId: string; sequence: number };
type Snippets = {
  followByGraphqlWs(
    after: string,
    onEvent: (event: Event) => void,
    onError: (error: unknown) => void,
  ): () => void;
  followByGraphqlSse: Snippets['followByGraphqlWs'];
  followByFetch(after: string, onEvent: (event: Event) => void, signal: AbortSignal): Promise<void>;
  followByEventSource(onEvent: (event: Event) => void): EventSource;
};

/** As in a page of the service's own origin: undici's EventSource does not say where it comes from. */
class BrowserEventSource extends EventSource {
  constructor(url: string) {
    const dispatcher = new Agent().compose(
      (dispatch) => (options, handler) =>
        dispatch(
          { ...options, headers: { ...(options.headers as object), 'sec-fetch-site': 'same-origin' } },
          handler,
        ),
    );
    super(url, { node: { dispatcher } } as never);
  }
}

let app: TestApp;
let proxy: TcpProxy;
let folder: string;
let snippets: Snippets;

/** The code of docs/clients.md, as it is but for the address. */
beforeAll(async () => {
  app = await startTestApp();
  proxy = await startProxy(app.url);
  folder = mkdtempSync(join(tmpdir(), 'journey-runtime-snippets-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const page = readFileSync(join(ROOT, 'docs/clients.md'), 'utf8').replaceAll(
    '127.0.0.1:4000',
    new URL(proxy.url).host,
  );
  const codes = [...page.matchAll(/```js\n(.*?)```/gs)].map(([, code]) => code!);
  const modules = await Promise.all(
    codes.map((code, index) => {
      const path = join(folder, `snippet-${index}.mjs`);
      writeFileSync(path, code);
      return import(/* @vite-ignore */ path);
    }),
  );
  snippets = Object.assign({}, ...modules);
  vi.stubGlobal('EventSource', BrowserEventSource);
});

afterEach(() => proxy.cut(false));

afterAll(async () => {
  vi.unstubAllGlobals();
  await proxy.close();
  await app.stop();
  rmSync(folder, { recursive: true });
});

async function write(runId: string): Promise<void> {
  await appendEvent(app.db.pool, runId, { type: 'STARTED', status: 'RUNNING' });
  app.services.ring();
}

/** Starts a client, writes events through interruptions, and gives what the client got. */
async function followed(
  start: (after: string, onEvent: (event: Event) => void, signal: AbortSignal) => Promise<void> | void,
): Promise<number[]> {
  const { id: componentId } = await insertComponent(app.db.pool);
  const runId = await insertRunWithEvent(app.db.pool, { componentId });
  await untilReleased(app.db.pool);
  await app.services.feed.latest();
  const { feedCursor } = await app.query('{ feedCursor }');
  const leaving = new AbortController();
  const sequences: number[] = [];
  let notify = () => {};
  await start(
    feedCursor,
    (event) => {
      if (event.runId === runId) sequences.push(event.sequence);
      notify();
    },
    leaving.signal,
  );
  const got = async (count: number) => {
    while (sequences.length < count)
      await new Promise<void>((resolve) => {
        notify = resolve;
      });
  };
  for (let sequence = 2; sequence <= 9; sequence += 1) {
    if (sequence % 3 === 0) proxy.cut(true);
    await write(runId);
    proxy.cut(false);
    await got(sequence - 1);
  }
  leaving.abort();
  return sequences;
}

const EXPECTED = [2, 3, 4, 5, 6, 7, 8, 9];

test.for(['followByGraphqlWs', 'followByGraphqlSse'] as const)(
  'a client written as documented resumes: %s',
  async (name) => {
    const errors: unknown[] = [];
    const sequences = await followed((after, onEvent, signal) => {
      const stop = snippets[name](after, onEvent, (error) => errors.push(error));
      signal.addEventListener('abort', stop);
    });
    expect({ sequences, errors }).toEqual({ sequences: EXPECTED, errors: [] });
  },
);

test('a client written as documented resumes: followByFetch', async () => {
  let ended: Promise<void> | undefined;
  const sequences = await followed((after, onEvent, signal) => {
    ended = snippets.followByFetch(after, onEvent, signal);
  });
  expect(sequences).toEqual(EXPECTED);
  await ended;
});

test('an EventSource resumes by itself', async () => {
  const sequences = await followed(async (_, onEvent, signal) => {
    const source = snippets.followByEventSource(onEvent);
    signal.addEventListener('abort', () => source.close());
    await once(source, 'open');
  });
  expect(sequences).toEqual(EXPECTED);
});
