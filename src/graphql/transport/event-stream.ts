import type { ExecutionResult } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import { RenderedEvents } from '../execution/shared-streams.ts';
import { withoutTransport } from '../graphql-errors.ts';

type Stream = AsyncIterator<ExecutionResult, void, void>;

/**
 * Results as server-sent events: `next` for each, `complete` at the end. Those of run events have their cursor as id,
 * which a client that was cut off sends back as Last-Event-ID.
 */
export const eventStreams: Plugin = {
  onResultProcess({ result, setResultProcessor }) {
    if (!(Symbol.asyncIterator in result)) return;
    setResultProcessor((_result, { Response, ReadableStream }) => {
      const stream = (result as unknown as AsyncIterable<never>)[Symbol.asyncIterator]() as Stream;
      return new Response(body(stream, ReadableStream), { headers: HEADERS });
    }, 'text/event-stream');
  },
};

const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache',
  // Proxies that gather an answer before they pass it on would hold events up.
  'x-accel-buffering': 'no',
};

/** A comment at once, for the headers leave with the first bytes, and then while there is nothing else to send. */
function body(stream: Stream, Body: typeof ReadableStream): ReadableStream {
  let timer: NodeJS.Timeout;
  return new Body({
    start(controller) {
      controller.enqueue(COMMENT);
      timer = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(COMMENT);
      }, COMMENT_EVERY_MS);
    },
    async pull(controller) {
      const step = await stream.next();
      controller.enqueue(step.done ? COMPLETE : written(step.value));
      if (!step.done) return;
      clearInterval(timer);
      controller.close();
    },
    async cancel() {
      clearInterval(timer);
      await stream.return?.();
    },
  });
}

const COMMENT_EVERY_MS = 12_000;
const COMMENT = Buffer.from(':\n\n');
const COMPLETE = Buffer.from('event: complete\ndata:\n\n');
const END = Buffer.from('\n\n');

function written(value: ExecutionResult): Buffer {
  if (!(value instanceof RenderedEvents))
    return Buffer.from(`event: next\ndata: ${JSON.stringify(withoutTransport(value))}\n\n`);
  return Buffer.concat(
    value.events.flatMap(({ cursor, text }) => [
      Buffer.from(`id: ${cursor}\nevent: next\ndata: `),
      text,
      END,
    ]),
  );
}
