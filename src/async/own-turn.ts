import { setImmediate as nextTurn } from 'node:timers/promises';

let lastTurn: Promise<unknown> = Promise.resolve();

/** Resolves in a turn of the event loop that no other long work shares, so that other clients are served between. */
export function ownTurn(): Promise<unknown> {
  lastTurn = lastTurn.then(() => nextTurn());
  return lastTurn;
}

/** The work of one turn, of all callers of `rest` together. Work that has begun then goes on to its next `rest`. */
const TURN_MS = 10;
let began = 0;
let lastRest: Promise<void> = Promise.resolve();

/** Whether the turn has lasted so long that `rest` would wait for another. */
export const isTurnLong = (): boolean => performance.now() - began >= TURN_MS;

/**
 * Divides long work, and the work of many requests at once, among turns: waits for another turn when this one is long.
 * Callers go on in their order, each after the work of the one before. Await the promise itself, without one around it.
 */
export function rest(): Promise<void> {
  lastRest = lastRest.then(async () => {
    if (!isTurnLong()) return;
    await nextTurn();
    began = performance.now();
  });
  return lastRest;
}

/**
 * Returns a `rest` for one client's work, of which much may wait at once: it goes on piece by piece, and the work of
 * other clients goes between.
 */
export function createClientRest(): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(rest);
    return last;
  };
}
