import { afterAll, beforeAll, expect, test } from 'vitest';
import { BatchCache } from '../../../src/feed/live/batch-cache.ts';
import type { EventFeed } from '../../../src/feed/live/event-feed.ts';
import {
  type RenderedEvent,
  type SharedSource,
  type SharedSubscriber,
  SharedSubscriptions,
} from '../../../src/feed/live/shared-subscription.ts';
import type { FeedEvent } from '../../../src/feed/log/feed-event.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { insertRunWithEvent, nameOf, startFeed } from '../../support/events.ts';
import { everyRun, insertComponent } from '../../support/runs.ts';

let database: TestDatabase;
let feed: EventFeed;
let subscriptions: SharedSubscriptions;
let componentId: string;
let rendered: string[];

beforeAll(async () => {
  database = await createTestDatabase();
  feed = await startFeed(database);
  subscriptions = new SharedSubscriptions(feed);
  componentId = (await insertComponent(database.pool)).id;
});

afterAll(async () => {
  await feed.stop();
  await database.drop();
});

function source(filter: SharedSource['filter'] = everyRun(), suffix = ''): () => SharedSource {
  rendered = [];
  return () => ({
    filter,
    async render(events: readonly FeedEvent[]) {
      rendered.push(...events.map(nameOf));
      return events.map((event) => nameOf(event) + suffix);
    },
    masked: (error) => new Error('masked', { cause: error }),
  });
}

async function write(count: number, channel: string | null = null): Promise<string[]> {
  const names: string[] = [];
  for (let n = 0; n < count; n += 1)
    names.push(`${await insertRunWithEvent(database.pool, { componentId, channel })}/1`);
  return names;
}

/** The next events; null once the subscriber has left. */
const next = (subscriber: SharedSubscriber): Promise<readonly RenderedEvent[] | null> =>
  new Promise((resolve, reject) =>
    subscriber.request({
      take: (events) => {
        resolve(events);
        return true;
      },
      end: (error) => (error ? reject(error) : resolve(null)),
    }),
  );

async function takeTexts(subscriber: SharedSubscriber, count: number): Promise<string[]> {
  const texts: string[] = [];
  while (texts.length < count)
    texts.push(...((await next(subscriber)) ?? []).map(({ text }) => String(text)));
  return texts;
}

test('an event is rendered once for all subscribers alike', async () => {
  const start = await feed.latest();
  const shared = source();
  const subscribers = Array.from({ length: 50 }, () => subscriptions.join('alike', start, shared));
  const received = subscribers.map((subscriber) => takeTexts(subscriber, 20));
  const written = await write(20);
  await feed.latest();
  for (const texts of await Promise.all(received)) expect(texts).toEqual(written);
  expect(rendered).toEqual(written);
  for (const subscriber of subscribers) subscriber.leave();
});

test('subscribers of another key have their own filter and rendering', async () => {
  const start = await feed.latest();
  const all = subscriptions.join('all', start, source(everyRun(), '!'));
  const one = subscriptions.join('one channel', start, source(everyRun({ channel: ['storefront'] }), '?'));
  const written = await write(3);
  const [ofChannel] = await write(1, 'storefront');
  await feed.latest();
  expect(await takeTexts(all, 4)).toEqual([...written, ofChannel].map((name) => `${name}!`));
  expect(await takeTexts(one, 1)).toEqual([`${ofChannel}?`]);
  all.leave();
  one.leave();
});

test('a subscriber that comes late or is slow gets everything, whatever the others remember', async () => {
  const start = await feed.latest();
  const shared = source();
  const quick = subscriptions.join('uneven', start, shared);
  const slow = subscriptions.join('uneven', start, shared);
  const written = await write(250);
  await feed.latest();
  expect(await takeTexts(quick, 250)).toEqual(written);
  const late = subscriptions.join('uneven', start, shared);
  expect(await takeTexts(slow, 250)).toEqual(written);
  expect(await takeTexts(late, 250)).toEqual(written);
  for (const subscriber of [quick, slow, late]) subscriber.leave();
});

test('who leaves is let go at once, and the others go on', async () => {
  const start = await feed.latest();
  const shared = source();
  const [leaving, staying] = [1, 2].map(() => subscriptions.join('leaving', start, shared));
  const ended = next(leaving!);
  const received = takeTexts(staying!, 1);
  leaving!.leave();
  expect(await ended).toBeNull();
  expect(await next(leaving!)).toBeNull();
  const written = await write(1);
  await feed.latest();
  expect(await received).toEqual(written);
  staying!.leave();
});

test('an expired place ends its subscriber alone, with the error as its source presents it', async () => {
  const now = await feed.latest();
  const shared = source();
  const expired = subscriptions.join('expired', { ...now, era: now.era + 1 }, shared);
  const staying = subscriptions.join('expired', now, shared);
  await expect(next(expired)).rejects.toMatchObject({
    message: 'masked',
    cause: { code: 'CURSOR_EXPIRED' },
  });
  const written = await write(1);
  await feed.latest();
  expect(await takeTexts(staying, 1)).toEqual(written);
  staying.leave();
});

test('events that a subscriber had no room for come again', async () => {
  const start = await feed.latest();
  const shared = source();
  const [one, other] = [1, 2].map(() => subscriptions.join('room', start, shared)) as [
    SharedSubscriber,
    SharedSubscriber,
  ];
  const written = await write(2);
  await feed.latest();
  await new Promise<void>((resolve) =>
    one.request({
      take: () => {
        resolve();
        return false;
      },
      end: () => {},
    }),
  );
  for (const subscriber of [one, other]) expect(await takeTexts(subscriber, 2)).toEqual(written);
  for (const subscriber of [one, other]) subscriber.leave();
});

test('cached events occupy the memory of their texts alone', async () => {
  const start = await feed.latest();
  const subscriber = subscriptions.join('memory', start, source(everyRun(), ' é€𝄞'));
  const written = await write(15);
  await feed.latest();
  const events: RenderedEvent[] = [];
  while (events.length < written.length) events.push(...((await next(subscriber)) ?? []));
  expect(events.map(({ text }) => String(text))).toEqual(written.map((name) => `${name} é€𝄞`));
  const blocks = new Set(events.map(({ text }) => text.buffer));
  const sum = (bytes: readonly number[]) => bytes.reduce((total, each) => total + each, 0);
  expect(sum([...blocks].map(({ byteLength }) => byteLength))).toBe(
    sum(events.map(({ text }) => text.length)),
  );
  subscriber.leave();
});

test('the limit of the cache includes what a batch occupies beside its texts', async () => {
  const start = await feed.latest();
  const shared = source();
  const limited = new SharedSubscriptions(feed, new BatchCache(5_000));
  const [quick, slow] = [1, 2].map(() => limited.join('limited', start, shared)) as [
    SharedSubscriber,
    SharedSubscriber,
  ];
  const written: string[] = [];
  for (let batch = 0; batch < 10; batch += 1) {
    const [name] = await write(1);
    await feed.latest();
    expect(await takeTexts(quick, 1)).toEqual([name]);
    written.push(name!);
  }
  expect(written.join('').length).toBeLessThan(5_000);
  expect(await takeTexts(slow, 10)).toEqual(written);
  expect(rendered.length).toBeGreaterThan(written.length);
  for (const subscriber of [quick, slow]) subscriber.leave();
});
