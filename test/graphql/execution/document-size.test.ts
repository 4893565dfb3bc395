import * as fc from 'fast-check';
import { type DocumentNode, getOperationAST, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { costOf } from '../../../src/graphql/execution/cost.ts';
import { DocumentCache } from '../../../src/graphql/execution/document-cache.ts';
import { checkShape } from '../../../src/graphql/execution/document-limits.ts';
import { checkSize } from '../../../src/graphql/execution/document-size.ts';
import { answerOf } from '../../../src/graphql/execution/execute-operation.ts';
import { schema } from '../../../src/graphql/schema/schema.ts';
import { OPEN_PRINCIPAL } from '../../../src/identity/principal.ts';
import { Clients } from '../../../src/limits/clients.ts';
import { tellingSchema } from '../../support/telling-schema.ts';

/** Reads of a document's nodes: how much of it a walk looks at, and how often, on a machine of any speed. */
const reads = { count: 0 };

/** The document, with each read of a node counted. */
function counted(document: DocumentNode): DocumentNode {
  return JSON.parse(JSON.stringify(document), (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? new Proxy(value, {
          get(target, name) {
            reads.count += 1;
            return target[name];
          },
        })
      : value,
  );
}

const telling = tellingSchema(schema);
const many = (n: number, text: (n: number) => string) =>
  Array.from({ length: n }, (_, i) => text(i)).join(' ');
const RUN = [
  'id',
  'status',
  'channel',
  'trigger',
  'attempt',
  'queuedAt',
  'runAt',
  'metadata',
  'context',
  '__typename',
];
const fieldsOf = (count: number) => RUN.slice(0, count).join(' ');

/** Documents that are short beside what they amount to, of several kinds and many sizes. */
const HOSTILE: { [kind: string]: fc.Arbitrary<string> } = {
  'a chain of fragments that each spread several of the next': fc.tuple(fc.nat(140), fc.nat(4)).map(
    ([length, next]) =>
      `{ runs { nodes { ...c0 } } } ${many(Math.floor(length / (next + 1)), (n) => `fragment c${n} on Run { id ${many(next + 1, (k) => `...c${n + k + 1}`)} }`)}
        ${many(next + 1, (k) => `fragment c${Math.floor(length / (next + 1)) + k} on Run { id }`)}`,
  ),
  'fragments that double their fields': fc
    .tuple(fc.nat(14), fc.nat(3))
    .map(
      ([levels, width]) =>
        `{ run(id: "x") { ...d0 } } ${many(levels, (n) => `fragment d${n} on Run { ${many(width + 1, (k) => `a${k}: replayOf { ...d${n + 1} }`)} }`)} fragment d${levels} on Run { id }`,
    ),
  'fragments that overlap': fc
    .tuple(fc.nat(74), fc.nat(RUN.length), fc.nat(3))
    .map(
      ([count, fields, depth]) =>
        `{ runs { nodes { ${many(count + 1, (n) => `...o${n}`)} } } } ${many(count + 1, (n) => `fragment o${n} on Run { id ${fieldsOf(fields)} ${'replayOf { id '.repeat(depth)} ${'}'.repeat(depth)} }`)}`,
    ),
  'one fragment in many selections': fc
    .tuple(fc.nat(100), fc.nat(140))
    .map(
      ([places, length]) =>
        `{ ${many(places, (n) => `a${n}: run(id: "x") { ...s0 }`)} ... { __typename } } ${many(Math.max(0, Math.min(length, 148 - places)), (n) => `fragment s${n} on Run { id ...s${n + 1} }`)} fragment s${Math.max(0, Math.min(length, 148 - places))} on Run { status }`,
    ),
  'fields that repeat': fc
    .tuple(fc.nat(50), fc.nat(4))
    .map(
      ([count, depth]) =>
        `{ ${many(count + 1, () => `run(id: "x") ${'{ replayOf '.repeat(depth)} { id } ${'}'.repeat(depth)}`)} }`,
    ),
  'aliases with long lists': fc
    .tuple(fc.nat(100), fc.nat(50))
    .map(
      ([count, length]) =>
        `{ ${many(count + 1, (n) => `a${n}: runs(where: { runId: [${'"x" '.repeat(length)}] }) { totalCount }`)} }`,
    ),
  'lists in lists': fc
    .integer({ min: 1, max: 70 })
    .map(
      (depth) =>
        `{ runs(where: { metadata: { a: ${'['.repeat(depth)} ${']'.repeat(depth)} } }) { totalCount } }`,
    ),
};

it.each(Object.entries(HOSTILE))('%s cost no more reads than a bound', async (_, documents) => {
  await fc.assert(
    fc.asyncProperty(documents, async (text) => {
      const document = counted(parse(text, { noLocation: true }));
      const tokens = text.split(/[\s:(){}[\]]+/).length;
      reads.count = 0;
      const accepted = isAccepted(document);
      expect(reads.count, `guarding ${text}`).toBeLessThan(200 * tokens + 50_000);
      if (!accepted) return;
      reads.count = 0;
      const errors = validate(schema, document, undefined, { maxErrors: 20 });
      expect(reads.count, `validating ${text}`).toBeLessThan(2_000_000);
      if (errors.length > 0) return;
      const operation = getOperationAST(document)!;
      reads.count = 0;
      if (!isCheap(document)) return;
      expect(reads.count, `weighing ${text}`).toBeLessThan(200 * tokens);
      reads.count = 0;
      await answerOf(telling, document, operation)({ contextValue: {}, variableValues: {} });
      expect(reads.count, `executing ${text}`).toBeLessThan(2_000_000);
    }),
    { numRuns: 40, endOnFailure: true },
  );
});

function isAccepted(document: DocumentNode): boolean {
  try {
    checkShape(document);
    checkSize(document);
    return true;
  } catch {
    return false;
  }
}

function isCheap(document: DocumentNode): boolean {
  try {
    costOf(schema, document, getOperationAST(document)!, {});
    return true;
  } catch {
    return false;
  }
}

it('documents take no more memory than a bound, however many and however short', () => {
  const client = new Clients(1_000_000_000).of('127.0.0.1', OPEN_PRINCIPAL);
  const cache = new DocumentCache(schema, { maxBytes: 1024 * 1024 });
  for (let n = 0; n < 300; n += 1) cache.get(`{ ${many(500, (k) => `a${k}`)} b${n} }`, client);
  expect(cache.bytes).toBeLessThanOrEqual(1024 * 1024);
  expect(cache.bytes).toBeGreaterThan(512 * 1024);
  const document = cache.get('{ __typename }', client).document;
  expect(cache.get('{ __typename }', client).document).toBe(document);
});
