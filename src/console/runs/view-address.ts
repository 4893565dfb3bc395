import { type Address, parseAddress, writeAddress } from '../address.ts';

/** The parameter of the address that names the view from which the list was opened. It is no filter. */
export const VIEW = 'view';

/** Divides an address into its filter and the id of the view from which it was opened. */
export function dividedAddress({ [VIEW]: viewId, ...filter }: Address): {
  filter: Address;
  viewId: string | undefined;
} {
  return { filter, viewId };
}

/** The text under which a filter is saved: its parameters in the order of their names. */
export function savedAddress(filter: Address): string {
  const sorted = Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1));
  return writeAddress(Object.fromEntries(sorted)) || '?';
}

/** Whether the filter is another one than the view was saved with. */
export function isChanged(filter: Address, viewAddress: string): boolean {
  return savedAddress(filter) !== savedAddress(parseAddress(viewAddress));
}
