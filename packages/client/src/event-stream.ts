import { createParser } from 'eventsource-parser';
import { Interruption, JourneyClientError } from './errors.ts';
import {
  type GraphQLErrors,
  type Operation,
  type Result,
  type Sink,
  type Transport,
  toError,
} from './operation.ts';
import type { Settings } from './options.ts';
import { RefusalPolicy } from './refusal.ts';

/** The longest silence before a stream counts as broken. The server sends at least a comment every 12 seconds. */
const SILENCE_AT_MOST_MS = 30_000;
const EVENT_AT_MOST_CHARACTERS = 64 * 1024 * 1024;

/** Sends each operation as an HTTP request whose response is a stream of server-sent events. */
export function overEventStream(settings: Settings): Transport {
  const refusals = new RefusalPolicy(settings.httpUrl, settings.renewsCredentials);
  return {
    subscribe(operation, sink) {
      const leaving = new AbortController();
      void follow(settings, refusals, operation, sink, leaving);
      return () => leaving.abort();
    },
    close() {},
  };
}

async function follow(
  settings: Settings,
  refusals: RefusalPolicy,
  operation: Operation,
  sink: Sink,
  leaving: AbortController,
): Promise<void> {
  const silence = new AbortController();
  const signal = AbortSignal.any([leaving.signal, silence.signal]);
  const answered = <T>(waiting: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => silence.abort(), SILENCE_AT_MOST_MS);
    return waiting.finally(() => clearTimeout(timer));
  };
  try {
    const headers = await settings.headers();
    headers.set('content-type', 'application/json');
    headers.set('accept', 'text/event-stream');
    const body = JSON.stringify(operation);
    const response = await answered(
      settings.fetch(settings.httpUrl, { method: 'POST', headers, body, signal }),
    );
    if (!isEventStream(response)) throw await answered(refusalOf(response, refusals));
    refusals.served();
    if (!leaving.signal.aborted) sink.open();
    const isComplete = await readEvents(response, settings.reviver, answered, (result) => {
      const [error] = result.errors ?? [];
      // The credentials have expired or were revoked. New ones may help.
      if (error?.extensions?.code === 'UNAUTHENTICATED')
        throw refusals.judge(toError([error]) as JourneyClientError);
      refusals.delivered(result);
      if (!leaving.signal.aborted) sink.next(result);
    });
    if (leaving.signal.aborted) return;
    if (isComplete) sink.complete();
    else sink.fail(new Interruption('The server ended the stream of events.'));
  } catch (error) {
    if (leaving.signal.aborted) return;
    if (error instanceof JourneyClientError || error instanceof Interruption) sink.fail(error);
    else if (silence.signal.aborted) sink.fail(new Interruption('The server fell silent.'));
    else sink.fail(refusals.ofConnection(error));
  } finally {
    // Aborts the request even if the stream's content was invalid.
    silence.abort();
  }
}

const isEventStream = ({ ok, headers }: Response) =>
  ok && /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');

/**
 * Returns whether the server completed the operation. Reads the next event only after the sink has received the last.
 */
async function readEvents(
  response: Response,
  reviver: Settings['reviver'],
  answered: <T>(waiting: Promise<T>) => Promise<T>,
  onResult: (result: Result) => void,
): Promise<boolean> {
  let isComplete = false;
  let isTooLarge = false;
  const parser = createParser({
    maxBufferSize: EVENT_AT_MOST_CHARACTERS,
    onEvent({ event, data }) {
      if (event === 'complete') isComplete = true;
      if (event === 'next' && !isComplete) onResult(JSON.parse(data, reviver) as Result);
    },
    onError({ type }) {
      if (type === 'max-buffer-size-exceeded') isTooLarge = true;
    },
  });
  const decoder = new TextDecoder();
  // Some browsers do not support async iteration over a stream.
  const reader = response.body!.getReader();
  while (!isComplete) {
    const { done, value } = await answered(reader.read());
    if (done) return false;
    parser.feed(decoder.decode(value, { stream: true }));
    if (isTooLarge)
      throw new JourneyClientError('TOO_LARGE', 'The server sent an event of more than 64 Mi characters.');
  }
  return true;
}

/**
 * The error for a response that is not an event stream: the service's own GraphQL error if it has a code, else one
 * made from the HTTP status.
 */
async function refusalOf(response: Response, refusals: RefusalPolicy): Promise<Error> {
  const { status, headers, redirected, url } = response;
  const retryAfterMs = 1_000 * (Number(headers.get('retry-after')) || 0);
  const errors = errorsIn(await response.text());
  if (errors?.[0]?.extensions?.code) {
    const error = toError(errors, retryAfterMs);
    return status === 401 || status === 403 ? refusals.judge(error as JourneyClientError) : error;
  }
  const redirectedTo = redirected ? url : null;
  const answer = { status, contentType: headers.get('content-type'), redirectedTo };
  const error = refusals.ofAnswer(answer, 'a stream of events');
  return error instanceof Interruption ? new Interruption(error.message, { retryAfterMs }) : error;
}

function errorsIn(text: string): GraphQLErrors | null {
  try {
    const { errors } = JSON.parse(text) as { errors?: GraphQLErrors };
    return Array.isArray(errors) ? errors : null;
  } catch {
    return null;
  }
}
