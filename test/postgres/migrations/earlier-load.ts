import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { connectionConfig } from '../../../src/postgres/connection-config.ts';
import { COMPONENT, earlierStatement, orderId, QUEUE, runId } from './earlier-version.ts';

export type Load = {
  /** How many statements of each kind have changed something, by name. */
  changes: Record<string, number>;
  /** How many statements waited too long for a lock; processes of the earlier version repeat these. */
  timeouts: number;
  /** The milliseconds of each enqueue. */
  enqueues: number[];
  stop: () => Promise<void>;
};

const SEPARATOR = '\u0001';
const random = (below: number): number => Math.floor(Math.random() * below);
const columns = (rows: unknown[][]): unknown[][] =>
  rows[0]!.map((_, column) => rows.map((row) => row[column]));

/**
 * Processes of the earlier version at work on `count` stored runs, from one connection for each kind: its statements
 * enqueue, claim, freeze and record, retry, cancel, take runs from dead workers, erase orders and delete old runs.
 */
export function startEarlierLoad(url: string, count: number, workerId: string, pauseMs = 1): Load {
  const changes: Record<string, number> = {};
  const enqueues: number[] = [];
  const stopping = new AbortController();
  const note = (name: string, number: number) => {
    changes[name] = (changes[name] ?? 0) + number;
  };

  async function keep(work: (run: Run) => Promise<void>): Promise<void> {
    const client = new pg.Client(connectionConfig(url) as pg.ClientConfig);
    await client.connect();
    const query = async (name: string, values: unknown[]): Promise<Row[]> =>
      (await client.query({ name, text: earlierStatement(name), values })).rows;
    const run: Run = Object.assign(query, { client });
    try {
      while (!stopping.signal.aborted) {
        await work(run).catch((error) => {
          if (error.code !== LOCK_TIMEOUT) throw error;
          load.timeouts += 1;
        });
        await pause(pauseMs);
      }
    } finally {
      await client.end();
    }
  }
  const randomIds = (number: number) => Array.from({ length: number }, () => runId(1 + random(count)));

  async function enqueue(run: Run): Promise<void> {
    const began = performance.now();
    const stored = await run(
      'enqueue',
      enqueueValues(Array.from({ length: 5 }, () => `new-${randomUUID()}`)),
    );
    enqueues.push(performance.now() - began);
    note('enqueue', stored.length);
  }

  async function execute(run: Run): Promise<void> {
    const { rows } = await run.client.query(
      `select id, fence from journey_component_runs where status = 'QUEUED' and queue in ($1, '') and run_at <= now() limit 10`,
      [QUEUE],
    );
    if (rows.length === 0) return;
    const claimed = await run('claim', columns(rows.map(({ id, fence }) => [id, fence, workerId, QUEUE])));
    if (claimed.length === 0) return;
    const frozen = claimed.map((row) => [row.id, row.fence, workerId, `{"frozen": 1.0, "id": "${row.id}"}`]);
    note('freeze', (await run('freeze', columns(frozen))).length);
    const kinds = ['completed', 'failed', 'retry'];
    const outcomes = claimed.slice(1).map((row, n) => {
      const kind = kinds[n % 3]!;
      const error =
        kind === 'completed'
          ? ''
          : '{"code": "RUNNER_ERROR", "message": "x", "detail": null, "retryable": true}';
      const result = kind === 'completed' ? '{"exact": 0.3000000000000000000000}' : '';
      return [
        row.id,
        row.fence,
        workerId,
        kind,
        3600,
        true,
        '{"sent": 1.0}',
        '{"x": 2.00}',
        result,
        error,
        '{"durationMs": 1.50}',
      ];
    });
    if (outcomes.length === 0) return;
    const values = columns(outcomes).map((column, n) => (n >= 7 ? column.join(SEPARATOR) : column));
    note('record', (await run('record', [...values, QUEUE])).length);
  }

  async function operate(run: Run): Promise<void> {
    const ids = randomIds(5);
    note('retry', (await run('retry', [ids, ids.map(() => 'op'), ids.map(() => 'HIGH'), QUEUE])).length);
    const others = randomIds(20);
    note('cancel', (await run('cancel', [others, others.map(() => 'op'), others.map(() => 'r')])).length);
    await run.client.query(ORPHAN);
    const orphans = await run('orphans', []);
    note('take', (await run('take-orphans', [orphans.map((row) => row.run_id), QUEUE])).length);
  }

  async function upkeep(run: Run): Promise<void> {
    const order = orderId(1 + random(count / 10));
    const [erased] = await run('erase-runs-of-order', [order, '00000000-0000-0000-0000-000000000000', 500]);
    note('erase', erased!.erased as number);
    const [deleted] = await run('retention', ['COMPLETED', 0.69, Math.ceil(count / 10_000)]);
    note('delete', deleted!.deleted as number);
    await pause(pauseMs * 20);
  }

  const load: Load = {
    changes,
    timeouts: 0,
    enqueues,
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
  const loops = [enqueue, enqueue, execute, execute, operate, upkeep].map(keep);
  return load;
}

const LOCK_TIMEOUT = '55P03';

/** A run of a worker that has died. */
const ORPHAN = `
  update journey_component_runs set worker_id = gen_random_uuid()
  where id = (select id from journey_component_runs where status = 'RUNNING' limit 1 for update skip locked)`;

type Row = Record<string, unknown>;
type Run = ((name: string, values: unknown[]) => Promise<Row[]>) & { client: pg.Client };

/** The values of the earlier version's enqueue, for one request with each key. */
export function enqueueValues(keys: readonly string[]): unknown[] {
  const all = (value: unknown) => keys.map(() => value);
  const texts = (value: string) => keys.map(() => value).join(SEPARATOR);
  return [
    keys.map(() => `01990000${randomUUID().slice(8)}`),
    all(COMPONENT),
    ...Array.from({ length: 4 }, () => all(null)),
    all(null),
    all(null),
    all(null),
    all('web'),
    all(null),
    all('NORMAL'),
    texts('{"exact": 1.000000000000000000001}'),
    texts('{"m": 1}'),
    texts('{"c": 1}'),
    texts(''),
    all(null),
    all('shop'),
    keys,
    all(Buffer.from('00', 'hex')),
    all(null),
    QUEUE,
  ];
}
