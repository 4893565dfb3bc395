import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FairQueue } from '../../src/fairness/fair-queue.ts';

/** A queue whose work ends when the test says so, and the order in which work started. */
function track(queue: FairQueue) {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const add = (client: object, name: string, cost = 1) =>
    queue.run(client, cost, () => {
      started.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const end = async (name: string) => {
    ends.get(name)!();
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  return { started, add, end };
}

it('lets clients take turns, however much one of them has waiting', async () => {
  const { started, add, end } = track(
    new FairQueue({ operations: 2, cost: 100 }, { operations: 2, cost: 100 }),
  );
  const [greedy, calm, other] = [{}, {}, {}];
  for (let n = 0; n < 10; n += 1) void add(greedy, `g${n}`);
  void add(calm, 'c0');
  void add(other, 'o0');
  void add(calm, 'c1');
  expect(started).toEqual(['g0', 'g1']);
  for (const name of ['g0', 'g1', 'g2', 'c0', 'o0']) await end(name);
  expect(started).toEqual(['g0', 'g1', 'g2', 'c0', 'o0', 'g3', 'c1']);
});

it("leaves others the room beyond one client's share, and lets expensive work run alone", async () => {
  const { started, add, end } = track(
    new FairQueue({ operations: 4, cost: 100 }, { operations: 3, cost: 50 }),
  );
  const [greedy, calm] = [{}, {}];
  void add(greedy, 'big', 80);
  void add(greedy, 'small');
  void add(calm, 'c', 20);
  expect(started).toEqual(['big', 'c']);
  await end('big');
  expect(started).toEqual(['big', 'c', 'small']);
});

it('is not overtaken by later work while the next client waits for room', async () => {
  const { started, add, end } = track(
    new FairQueue({ operations: 9, cost: 10 }, { operations: 9, cost: 10 }),
  );
  void add({}, 'a', 9);
  void add({}, 'expensive', 9);
  void add({}, 'late', 1);
  expect(started).toEqual(['a']);
  await end('a');
  expect(started).toEqual(['a', 'expensive', 'late']);
});

it('starts all work within its bounds, in the order of each client, whatever comes and is canceled', async () => {
  const step = fc.record({
    client: fc.integer({ min: 0, max: 3 }),
    cost: fc.integer({ min: 0, max: 12 }),
    kind: fc.constantFrom('enter', 'enter', 'leave', 'cancel'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const all = { operations: 4, cost: 20 };
      const each = { operations: 2, cost: 10 };
      const queue = new FairQueue(all, each);
      const clients = [{}, {}, {}, {}];
      type Item = { client: number; cost: number; n: number; turn: ReturnType<FairQueue['enter']> };
      const running: Item[] = [];
      const waiting = new Set<Item>();
      const lastStarted = [-1, -1, -1, -1];
      const start = (item: Item) => {
        waiting.delete(item);
        running.push(item);
        expect(item.n).toBeGreaterThan(lastStarted[item.client]!);
        lastStarted[item.client] = item.n;
        for (const [limit, load] of [
          [all, running],
          [each, running.filter(({ client }) => client === item.client)],
        ] as const) {
          expect(load.length).toBeLessThanOrEqual(limit.operations);
          const cost = load.reduce((sum, one) => sum + one.cost, 0);
          if (load.length > 1) expect(cost).toBeLessThanOrEqual(limit.cost);
        }
      };
      for (const [n, { client, cost, kind }] of steps.entries()) {
        if (kind === 'enter') {
          const item: Item = { client, cost, n, turn: queue.enter(clients[client]!, cost) };
          if (item.turn) {
            waiting.add(item);
            void item.turn.started.then(() => start(item));
          } else start(item);
        } else if (kind === 'leave' && running.length > 0) {
          const { client: of, cost: paid } = running.shift()!;
          queue.leave(clients[of]!, paid);
        } else {
          const item = [...waiting].find((one) => one.client === client);
          if (item?.turn?.cancel()) waiting.delete(item);
        }
        await Promise.resolve();
        await Promise.resolve();
      }
      while (running.length > 0) {
        const { client, cost } = running.shift()!;
        queue.leave(clients[client]!, cost);
        await Promise.resolve();
        await Promise.resolve();
      }
      expect(waiting.size).toBe(0);
    }),
  );
});
