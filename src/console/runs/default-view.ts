import { type Address, parseAddress } from '../address.ts';
import { VIEW } from './view-address.ts';

/** The view with which the console opens in this browser. */
export type DefaultView = { id: string; address: string };

const KEY = 'journey-console.default-view';

export function readDefaultView(): DefaultView | null {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? 'null');
  } catch {
    return null;
  }
}

/** Makes a view the default; null opens the list of all runs again. */
export function storeDefaultView(view: DefaultView | null): void {
  try {
    if (view) localStorage.setItem(KEY, JSON.stringify(view));
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that stores nothing opens the list of all runs.
  }
}

/** The address of the list of runs with which the console opens. */
export function firstAddress(): Address {
  const view = readDefaultView();
  return view ? { ...parseAddress(view.address), [VIEW]: view.id } : {};
}
