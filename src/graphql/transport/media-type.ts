import Negotiator from 'negotiator';

export const JSON_TYPE = 'application/json';
export const RESPONSE_TYPE = 'application/graphql-response+json';
export const EVENT_STREAM_TYPE = 'text/event-stream';
const HTML_TYPE = 'text/html';

/** The media types, in the service's order of preference for clients without a preference. */
const TYPES = [JSON_TYPE, RESPONSE_TYPE, EVENT_STREAM_TYPE, HTML_TYPE] as const;

export type Accepted = {
  /** The type of a complete response; null if the client accepts neither. */
  json: typeof JSON_TYPE | typeof RESPONSE_TYPE | null;
  eventStream: boolean;
  prefersHtml: boolean;
};

/** Parses an Accept header. Results are cached, since most clients send one of a few headers. */
export function acceptedTypes(accept = ''): Accepted {
  const known = remembered.get(accept);
  if (known) return known;
  const types = new Negotiator({ headers: { accept: withoutParameters(accept) || '*/*' } }).mediaTypes(TYPES);
  const accepted: Accepted = {
    json: types.find((type) => type === JSON_TYPE || type === RESPONSE_TYPE) ?? null,
    eventStream: types.includes(EVENT_STREAM_TYPE),
    prefersHtml: types[0] === HTML_TYPE,
  };
  if (remembered.size < REMEMBERED_AT_MOST && accept.length < 300) remembered.set(accept, accepted);
  return accepted;
}

const remembered = new Map<string, Accepted>();
const REMEMBERED_AT_MOST = 100;

/** Removes parameters such as charset, but not the weights: all responses are UTF-8. */
const withoutParameters = (accept: string) =>
  accept.trim().replace(/;\s*(?!q\s*=)[^;,=]+=\s*(?:"[^"]*"|[^;,]*)/gi, '');
