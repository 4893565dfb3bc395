import { describe, expect, test } from 'vitest';
import { parseAddress } from '../../src/console/address.ts';
import { columnGrid, hiddenColumns } from '../../src/console/runs/list-columns.ts';
import { dividedAddress, isChanged, savedAddress } from '../../src/console/runs/view-address.ts';

describe('a saved view', () => {
  test('is unchanged, in whatever order its filters were set', () => {
    const saved = savedAddress({ status: 'FAILED', component: 'a,b' });
    expect(saved).toBe('?component=a,b&status=FAILED');
    expect(isChanged({ component: 'a,b', status: 'FAILED' }, saved)).toBe(false);
    expect(isChanged({ status: 'FAILED', component: 'a,b', search: '' }, saved)).toBe(false);
    expect(isChanged({ status: 'FAILED' }, saved)).toBe(true);
    expect(isChanged({ status: 'FAILED', component: 'a' }, saved)).toBe(true);
  });

  test('of the list without filters has an address too', () => {
    expect(savedAddress({})).toBe('?');
    expect(isChanged({}, '?')).toBe(false);
    expect(isChanged(parseAddress('?status=FAILED'), '?')).toBe(true);
  });

  test('has the columns of the list, which are no filter', () => {
    const address = parseAddress('?status=FAILED&hide=order,channel,status,x');
    const { filter, hide } = dividedAddress(address);
    expect(filter).toEqual({ status: 'FAILED' });
    expect(hiddenColumns(hide)).toEqual(['order', 'channel']);
    expect(columnGrid(hiddenColumns(hide)).match(/rem/g)).toHaveLength(5);
    expect(isChanged({ ...filter, hide: '' }, savedAddress(address))).toBe(true);
    expect(isChanged({ ...filter, hide: '' }, savedAddress(filter))).toBe(false);
  });

  test('is named in the address by a parameter that is no filter', () => {
    expect(dividedAddress(parseAddress('?view=1&status=FAILED'))).toEqual({
      filter: { status: 'FAILED' },
      hide: '',
      viewId: '1',
    });
  });
});
