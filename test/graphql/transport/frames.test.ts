import { expect, test } from 'vitest';
import { Sender } from 'ws';
import { framesOf } from '../../../src/graphql/transport/frames.ts';

const start = Buffer.from('{"id":"1","type":"next","payload":');
const overhead = start.length + 1;

/** The lengths around which the header of a frame grows. */
const LENGTHS = [overhead, 60, 125, 126, 127, 1_000, 65_535, 65_536, 65_537, 300_000];

test.each(LENGTHS)('a message of %i bytes is framed as ws frames the whole message', (length) => {
  const text = Buffer.alloc(length - overhead, 'x');
  const message = Buffer.concat([start, text, Buffer.from('}')]);
  const framed = Buffer.concat(Sender.frame(message, { fin: true, opcode: 1, readOnly: true }));
  expect(framesOf(start, [{ text }]).equals(framed)).toBe(true);
});

test('frames follow each other in the order of their events', () => {
  const texts = LENGTHS.map((length) => ({ text: Buffer.alloc(length, 'y') }));
  const framed = Buffer.concat(texts.map((event) => framesOf(start, [event])));
  expect(framesOf(start, texts).equals(framed)).toBe(true);
});
