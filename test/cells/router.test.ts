import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createJourneyClient, type JourneyClient } from '../../packages/client/src/client.ts';
import { moveShop } from '../../src/cells/move-shop.ts';
import { freePort } from '../../src/postgres/embedded/server-address.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { register } from '../support/catalogue.ts';
import { withCells } from '../support/cells.ts';

const hasHaproxy = spawnSync('haproxy', ['-v']).status === 0;

describe.skipIf(!hasHaproxy)('HAProxy in front of two cells (needs apt-get install haproxy)', () => {
  let cellA: TestApp;
  let cellB: TestApp;
  let folder: string;
  let router: ChildProcess;
  let url: string;
  /** Of the client's connection, in their order. */
  const states: string[] = [];

  beforeAll(async () => {
    cellA = await startTestApp();
    cellB = await startTestApp();
    folder = mkdtempSync(join(tmpdir(), 'journey-runtime-router-'));
    const port = await freePort();
    writeFileSync(join(folder, 'haproxy.cfg'), configFor(port));
    writeFileSync(join(folder, 'shops.map'), readFileSync('deploy/router/shops.map'));
    router = spawn('haproxy', ['-db', '-f', join(folder, 'haproxy.cfg')], { stdio: 'ignore' });
    url = `http://127.0.0.1:${port}/graphql`;
  });
  afterAll(async () => {
    const exited = once(router, 'exit');
    router.kill('SIGKILL');
    await exited;
    rmSync(folder, { recursive: true });
    await cellA.stop();
    await cellB.stop();
  });

  /** The file in deploy/, with the addresses and paths of this test. */
  function configFor(port: number): string {
    const apiOf = (cell: string) => new URL((cell === 'a' ? cellA : cellB).url).host;
    return readFileSync('deploy/router/haproxy.cfg', 'utf8')
      .replace('bind :8080', `bind 127.0.0.1:${port}`)
      .replaceAll(/cell-(.)-api-\d\.internal:4000/g, (_, cell) => apiOf(cell))
      .replace('/etc/haproxy/', `${folder}/`)
      .replace('/run/haproxy/', `${folder}/`);
  }

  async function ask(shop: string | null, query: string, headers: Record<string, string> = {}) {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(shop && { 'x-journey-shop': shop }), ...headers },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, body: await response.json() };
  }

  /** As an operator does when move-shop has printed that the shop has moved. */
  async function setMap(shop: string, cell: string): Promise<void> {
    const socket = connect(join(folder, 'admin.sock'));
    socket.end(`set map ${join(folder, 'shops.map')} ${shop} ${cell}\n`);
    expect((await text(socket)).trim()).toBe('');
  }

  function clientOf(shop: string): JourneyClient {
    class ShopSocket extends WebSocket {
      constructor(address: string, protocol: string) {
        super(address, protocol, { headers: { 'x-journey-shop': shop } });
      }
    }
    return createJourneyClient({
      url,
      webSocketImpl: ShopSocket,
      onStatus: ({ state }) => states.push(state),
    });
  }

  it('sends requests, WebSockets included, to the cell of their shop, and to the new one once it has moved', async () => {
    await expect
      .poll(() => ask('eu-store', '{ __typename }').catch(() => null))
      .toMatchObject({ status: 200 });
    await register(cellA, { key: 'greet', shop: 'eu-store', triggers: ['OPERATOR'] });
    const componentId = await register(cellB, { key: 'greet', shop: 'us-store', triggers: ['OPERATOR'] });
    expect(
      (await ask('eu-store', '{ component(key: "greet", shop: "eu-store") { key } }')).body.data.component,
    ).not.toBeNull();
    expect(
      (await ask('us-store', `{ component(id: "${componentId}") { shop } }`)).body.data.component,
    ).toEqual({ shop: 'us-store' });
    const unknown = await ask('no-store', '{ __typename }');
    expect(unknown).toMatchObject({ status: 404, body: { errors: [{ extensions: { code: 'NOT_FOUND' } }] } });

    const client = clientOf('us-store');
    const watch = () => client.watchRunEvents({ where: { shop: ['us-store'] } });
    const enqueue = `mutation { enqueueRun(input: { shop: "us-store", componentId: "${componentId}" }) { run { id } } }`;
    /** Enqueues runs until the watch has received an event. */
    async function untilSeen(events: ReturnType<typeof watch>): Promise<void> {
      const next = events.next();
      const enqueued = async () => Promise.race([(await ask('us-store', enqueue)) && next, null]);
      await expect.poll(enqueued).toMatchObject({ done: false });
    }
    const before = watch();
    await untilSeen(before);

    await withCells(cellB.db, cellA.db, 'us-store', moveShop);
    const ended = (async () => {
      for await (const _ of before);
    })();
    await expect(ended).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    // It has a place in the old cell already when the router leads it to the new one.
    const late = watch();
    const expired = expect(late.next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' });
    expect((await ask('us-store', enqueue)).body.errors).toMatchObject([
      { extensions: { code: 'SHOP_MOVED' } },
    ]);
    await expect.poll(() => states).toContain('interrupted');
    await setMap('us-store', 'cell-a');
    await expired;
    await untilSeen(watch());
    const { rows } = await cellA.db.pool.query(
      'select count(*)::int as count from journey_runs where shop = $1',
      ['us-store'],
    );
    expect(rows[0].count).toBeGreaterThan(1);
    await client.close();
  });
});
