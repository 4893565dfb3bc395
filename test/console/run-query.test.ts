import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddress, writeAddress } from '../../src/console/address.ts';
import { containing } from '../../src/console/runs/json-path.ts';
import {
  joinValues,
  lastingPart,
  matchesNow,
  readRunQuery,
  splitValues,
} from '../../src/console/runs/run-query.ts';

const NOW = Date.parse('2026-03-09T12:00:00Z');

describe('an address', () => {
  test('is read and written without loss', () => {
    const texts = fc.string({ unit: 'binary', minLength: 1 }).map((text) => text.toWellFormed());
    fc.assert(
      fc.property(fc.dictionary(texts, texts, { noNullPrototype: true }), (address) => {
        expect(parseAddress(writeAddress(address))).toEqual(address);
      }),
    );
  });

  test('keeps its lists of values', () => {
    const values = fc.array(fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''));
    fc.assert(fc.property(values, (list) => void expect(splitValues(joinValues(list))).toEqual(list)));
  });

  test('can be read by people', () => {
    expect(writeAddress({ status: 'FAILED,RUNNING', last: '1h', 'input.order.number': '2026-1001' })).toBe(
      '?status=FAILED,RUNNING&last=1h&input.order.number=2026-1001',
    );
  });
});

describe('the filter of an address', () => {
  test('has each condition of the API', () => {
    const address = {
      status: 'FAILED,RUNNING',
      component: 'loyalty-points',
      error: 'RUNNER_TIMEOUT',
      channel: 'app,storefront',
      trigger: 'CHECKOUT',
      last: '1h',
      'input.order.number': '"7"',
      'input.order.lines[].sku': 'A',
      'context.checkout.id': 'p-1',
      product: 'TENT',
      order: '2026-1,2026-2',
      search: ' 2026 ',
      'not.component': 'size-advisor',
      'not.status': 'CANCELED',
      'not.product': 'MUG',
    };
    expect(readRunQuery(address, NOW)).toEqual({
      where: {
        status: ['FAILED', 'RUNNING'],
        componentKey: ['loyalty-points'],
        errorCode: ['RUNNER_TIMEOUT'],
        channel: ['app', 'storefront'],
        trigger: ['CHECKOUT'],
        queuedAfter: '2026-03-09T11:00:00.000Z',
        inputPayload: { order: { number: '7', lines: [{ sku: 'A' }] } },
        context: { checkout: { id: 'p-1' } },
        orderNumber: ['2026-1', '2026-2'],
        search: '2026',
        not: [{ componentKey: ['size-advisor'] }, { status: ['CANCELED'] }],
      },
      skus: ['TENT'],
      excludedSkus: ['MUG'],
      ignored: [],
    });
  });

  test('is on the end of runs with by=completed', () => {
    const { where } = readRunQuery(
      { by: 'completed', from: '2026-03-09T10:00Z', to: '2026-03-09T11:00Z' },
      NOW,
    );
    expect(where).toEqual({
      completedAfter: '2026-03-09T10:00:00.000Z',
      completedBefore: '2026-03-09T11:00:00.000Z',
    });
  });

  test('leaves out and reports what means nothing, and never fails', () => {
    const { where, ignored } = readRunQuery(
      { status: 'NO,FAILED', from: 'soon', 'input..': '1', x: 'y' },
      NOW,
    );
    expect(where).toEqual({ status: ['FAILED'] });
    expect(ignored).toHaveLength(4);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (address) => void readRunQuery(address, NOW)),
    );
  });

  test('follows runs by what never changes, and compares the rest with each run', () => {
    const where = { status: ['FAILED' as const], errorCode: ['INTERNAL' as const], channel: ['app'] };
    expect(lastingPart(where)).toEqual({ channel: ['app'] });
    const run = { status: 'FAILED', priority: 'NORMAL' } as const;
    expect(matchesNow(where, { ...run, error: { code: 'INTERNAL' } })).toBe(true);
    expect(matchesNow(where, { ...run, error: null })).toBe(false);
    expect(matchesNow(where, { ...run, status: 'QUEUED', error: { code: 'INTERNAL' } })).toBe(false);
    const without = { not: [{ status: ['CANCELED' as const] }, { channel: ['app'] }] };
    expect(lastingPart(without)).toEqual({ not: [{ channel: ['app'] }] });
    expect(matchesNow(without, { ...run, status: 'CANCELED' })).toBe(false);
    expect(matchesNow(without, run)).toBe(true);
    // A bulk retry lowers the priority.
    const high = { priority: ['HIGH' as const], channel: ['app'] };
    expect(lastingPart(high)).toEqual({ channel: ['app'] });
    expect(matchesNow(high, { ...run, priority: 'HIGH' })).toBe(true);
    expect(matchesNow(high, run)).toBe(false);
    const ended = { completedAfter: '2026-03-09T10:00:00.000Z' };
    expect(matchesNow(ended, { ...run, completedAt: '2026-03-09T10:00:00.001Z' })).toBe(true);
    expect(matchesNow(ended, { ...run, status: 'RUNNING', completedAt: null })).toBe(false);
  });
});

test('a path becomes the JSON that a payload must contain', () => {
  expect(containing('a.b', '7')).toEqual({ a: { b: 7 } });
  expect(containing('a[].b', 'x')).toEqual({ a: [{ b: 'x' }] });
  expect(containing('a[0][]', 'null')).toEqual({ a: [[null]] });
  for (const path of ['', '.', 'a.', '.a', '[0]', 'a[', 'a]b']) expect(containing(path, '1')).toBeNull();
});
