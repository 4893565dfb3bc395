import { expect, vi } from 'vitest';
import type { Trigger } from '../../generated/graphql.ts';
import type { TestApp } from '../../support/app.ts';
import { register, save } from '../../support/catalogue.ts';
import { startScriptedHost } from '../../support/script-host.ts';
import { startTestWorker } from '../../support/worker.ts';

export type Shop = { failedRun: string; queuedRun: string; group: string; bulk: string };

/** The number of the order, and the SKU of the product that it is about. */
const ORDER = '2026/1001';
const SKU = 'TENT/2';

/** A small shop: a product with steps, an order whose steps completed, failed and were skipped, and a bulk operation. */
export async function fillShop(app: TestApp): Promise<Shop> {
  const triggers: Trigger[] = ['POST_CHECKOUT', 'AUTOMATION', 'OPERATOR'];
  const points = await register(app, { key: 'points', name: 'Loyalty points', triggers });
  const warranty = await register(app, { key: 'warranty', name: 'Warranty registration', triggers });
  const mail = await register(app, { key: 'mail', name: 'Care guide mail', triggers });
  const sku = { productField: { inputKey: 'sku', path: 'product.sku' } };
  await save(app, {
    sku: SKU,
    title: 'Ridge tent',
    journeyComponents: [
      { componentId: points, bindings: [sku] },
      {
        componentId: warranty,
        bindings: [sku, { productField: { inputKey: 'years', path: 'product.attributes.warrantyYears' } }],
      },
      { componentId: mail, channelEligibility: ['app'], bindings: [sku] },
    ],
  });
  const order = {
    number: ORDER,
    payload: { customer: { email: 'kim@example.com' } },
    lines: [{ sku: SKU, quantity: 1 }],
  };
  const { enqueueCheckoutRuns } = await app.query(CHECKOUT, { input: { order, channel: 'storefront' } });
  await using host = await startScriptedHost([{ status: 200, body: '{"booked":35}' }]);
  const worker = await startTestWorker(app.db, { runnerUrl: host.url });
  const until = (reached: () => Promise<void>) => vi.waitFor(reached, { timeout: 30_000, interval: 100 });
  const ended = (where: object, count: number) =>
    until(async () => expect((await app.query(COUNT, { where })).runs.totalCount).toBe(count));
  await ended({ status: ['FAILED'] }, 1);
  await ended({ status: ['COMPLETED'] }, 1);
  const { bulkRetryRuns } = await app.query(RETRY, { where: { status: ['FAILED'] } });
  const bulk: string = bulkRetryRuns.operation.id;
  await until(async () =>
    expect((await app.query(BULK, { id: bulk })).bulkOperation.status).toBe('COMPLETED'),
  );
  await ended({ status: ['FAILED'] }, 1);
  await worker.stop();
  const { runs } = await app.query(FAILED);
  const { enqueueRun } = await app.query(ENQUEUE, { input: { componentId: points, channel: 'storefront' } });
  return {
    failedRun: runs.nodes[0].id,
    queuedRun: enqueueRun.run.id,
    group: enqueueCheckoutRuns.groupId,
    bulk,
  };
}

const CHECKOUT =
  'mutation ($input: EnqueueCheckoutRunsInput!) { enqueueCheckoutRuns(input: $input) { groupId } }';
const COUNT = 'query ($where: RunFilter) { runs(where: $where, first: 1) { totalCount } }';
const RETRY = 'mutation ($where: RunFilter!) { bulkRetryRuns(where: $where) { operation { id } } }';
const BULK = 'query ($id: ID!) { bulkOperation(id: $id) { status } }';
const FAILED = '{ runs(where: { status: [FAILED] }, first: 1) { nodes { id } } }';
const ENQUEUE = 'mutation ($input: EnqueueRunInput!) { enqueueRun(input: $input) { run { id } } }';
