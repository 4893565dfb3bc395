import { afterAll, beforeAll, expect, test } from 'vitest';
import { eraseOldOperations } from '../../src/bulk/erase-old-operations.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { insertRunWithEvent } from '../support/events.ts';
import { insertComponent } from '../support/runs.ts';

let app: TestApp;
let componentId: string;
beforeAll(async () => {
  app = await startTestApp();
  componentId = (await insertComponent(app.db.pool)).id;
  for (const status of ['QUEUED', 'QUEUED', 'COMPLETED', 'FAILED', 'CANCELED'] as const)
    await insertRunWithEvent(app.db.pool, { componentId, status });
});
afterAll(() => app.stop());

const PREVIEW = `query ($kind: BulkOperationKind!, $where: RunFilter!) {
  bulkPreview(kind: $kind, where: $where) {
    expected applicable byStatus { status count applies } userErrors { code path }
  }
}`;
const preview = async (kind: string, where: object) =>
  (await app.query(PREVIEW, { kind, where })).bulkPreview;

test('a preview counts the runs of a bulk operation, and those that it applies to', async () => {
  const where = { componentId: [componentId], not: [{ status: ['CANCELED'] }] };
  const byStatus = (applies: string[]) => [
    { status: 'QUEUED', count: 2, applies: applies.includes('QUEUED') },
    { status: 'COMPLETED', count: 1, applies: applies.includes('COMPLETED') },
    { status: 'FAILED', count: 1, applies: applies.includes('FAILED') },
  ];
  const seen = { expected: 4, userErrors: [] };
  expect(await preview('RETRY', where)).toEqual({ ...seen, applicable: 1, byStatus: byStatus(['FAILED']) });
  expect(await preview('CANCEL', where)).toEqual({ ...seen, applicable: 2, byStatus: byStatus(['QUEUED']) });
  const all = ['QUEUED', 'COMPLETED', 'FAILED'];
  expect(await preview('REPLAY', where)).toEqual({ ...seen, applicable: 4, byStatus: byStatus(all) });
});

test('a preview reports a filter that the mutation would reject', async () => {
  const nothing = { expected: null, applicable: null, byStatus: [] };
  expect(await preview('CANCEL', {})).toEqual({
    ...nothing,
    userErrors: [{ code: 'INVALID', path: ['where'] }],
  });
});

const MADE = 'operation { id where reason input }';
const LIST = `query ($status: [BulkOperationStatus!], $first: Int, $after: String) {
  bulkOperations(status: $status, first: $first, after: $after) {
    nodes { id kind where reason input } totalCount pageInfo { endCursor hasNextPage }
  }
}`;

test('an operation shows its request until it is erased, and is listed', async () => {
  const channel = ['nul \0', 'web'];
  const { bulkCancelRuns } = await app.query(
    `mutation ($where: RunFilter!) { bulkCancelRuns(where: $where, reason: "sold out") { ${MADE} } }`,
    { where: { channel, queuedAfter: '2026-01-01T00:00:00.000Z', metadata: { n: 1 } } },
  );
  const { bulkReplayRuns } = await app.query(
    `mutation ($where: RunFilter!, $input: ReplayRunInput) {
      bulkReplayRuns(where: $where, input: $input) { ${MADE} }
    }`,
    { where: { status: ['FAILED'] }, input: { metadata: { again: true } } },
  );
  const [cancel, replay] = [bulkCancelRuns.operation, bulkReplayRuns.operation];
  expect(cancel).toMatchObject({
    where: { channel, queuedAfter: '2026-01-01T00:00:00.000Z', metadata: { n: 1 } },
    reason: 'sold out',
    input: null,
  });
  expect(replay).toMatchObject({
    where: { status: ['FAILED'] },
    reason: null,
    input: { metadata: { again: true } },
  });

  const { bulkOperations: first } = await app.query(LIST, { first: 1 });
  expect(first).toMatchObject({ nodes: [replay], totalCount: 2, pageInfo: { hasNextPage: true } });
  const { bulkOperations: second } = await app.query(LIST, { first: 1, after: first.pageInfo.endCursor });
  expect(second).toMatchObject({ nodes: [cancel], pageInfo: { hasNextPage: false } });
  // It covers no run, so it completed at once.
  const ended = (await app.query(LIST, { status: ['COMPLETED'] })).bulkOperations;
  expect(ended).toMatchObject({ nodes: [{ id: cancel.id }], totalCount: 1 });

  await app.db.pool.query("update journey_bulk_operations set completed_at = now() - interval '2 days'");
  while (await eraseOldOperations(app.db.pool, 1));
  expect((await app.query(LIST)).bulkOperations.nodes).toEqual([
    { id: replay.id, kind: 'REPLAY', where: null, reason: null, input: null },
    { id: cancel.id, kind: 'CANCEL', where: null, reason: null, input: null },
  ]);
});
