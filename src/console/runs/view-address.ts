import { type Address, parseAddress, writeAddress } from '../address.ts';
import { HIDE } from './list-columns.ts';

/** The parameter of the address that names the view from which the list was opened. It is no filter. */
export const VIEW = 'view';

/** Divides an address into its filter, what is shown of the runs, and the id of the view from which it was opened. */
export function dividedAddress({ [VIEW]: viewId, [HIDE]: hide = '', ...filter }: Address): {
  filter: Address;
  hide: string;
  viewId: string | undefined;
} {
  return { filter, hide, viewId };
}

/** The text under which a list is saved: the parameters of its filter and its columns in the order of their names. */
export function savedAddress(list: Address): string {
  const sorted = Object.entries(list).sort(([a], [b]) => (a < b ? -1 : 1));
  return writeAddress(Object.fromEntries(sorted)) || '?';
}

/** Whether the filter or the columns are others than the view was saved with. */
export function isChanged(list: Address, viewAddress: string): boolean {
  return savedAddress(list) !== savedAddress(parseAddress(viewAddress));
}
