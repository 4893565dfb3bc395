import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import protobuf from 'protobufjs';

/** A span as it arrived. Ids are hexadecimal; kind is the number of OTLP: 2 server, 3 client, 4 producer, 5 consumer. */
export type ReceivedSpan = {
  service: string;
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  attributes: Record<string, unknown>;
  links: { traceId: string; spanId: string }[];
  failed: boolean;
};

/** A collector for one test, which receives traces by OTLP over HTTP, as protobuf. */
export async function startOtlpReceiver() {
  const spans: ReceivedSpan[] = [];
  const server = createServer(async (req, res) => {
    const body = await buffer(req);
    if (req.url === '/v1/traces') spans.push(...spansOf(body));
    res.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    stop: () => server.close(),
  };
}

/** The fields of opentelemetry/proto/trace/v1/trace.proto and common.proto that tests read. */
const { root } = protobuf.parse(`
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
  message Resource { repeated KeyValue attributes = 1; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span {
    bytes trace_id = 1; bytes span_id = 2; bytes parent_span_id = 4; string name = 5; int32 kind = 6;
    repeated KeyValue attributes = 9; repeated Link links = 13; Status status = 15;
  }
  message Link { bytes trace_id = 1; bytes span_id = 2; }
  message Status { int32 code = 3; }
  message KeyValue { string key = 1; Value value = 2; }
  message Value { oneof value { string string_value = 1; bool bool_value = 2; sint64 int_value = 3; double double_value = 4; } }
`);

type Attribute = { key: string; value: Record<string, unknown> };
type Link = { traceId: Uint8Array; spanId: Uint8Array };
type Span = Link & {
  parentSpanId: Uint8Array;
  name: string;
  kind: number;
  attributes: Attribute[];
  links: Link[];
  status: { code: number } | null;
};
type Request = {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: Span[] }[] }[];
};

function spansOf(body: Buffer): ReceivedSpan[] {
  const { resourceSpans } = root.lookupType('Request').decode(body) as unknown as Request;
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(attributesOf(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ service, ...received(span) })));
  });
}

const received = ({ name, kind, parentSpanId, attributes, links, status, ...span }: Span) => ({
  name,
  kind,
  ...idsOf(span),
  parentSpanId: hex(parentSpanId),
  attributes: attributesOf(attributes),
  links: links.map(idsOf),
  failed: status?.code === 2,
});

const idsOf = ({ traceId, spanId }: Link) => ({ traceId: hex(traceId), spanId: hex(spanId) });
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const attributesOf = (attributes: Attribute[]): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));
