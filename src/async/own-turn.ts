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

/**
 * Divides long work, and the work of many requests at once, among turns: waits for another turn when this one is long.
 * Callers go on in their order, each after the work of the one before. Await the promise itself, without one around it.
 */
export function rest(): Promise<void> {
  lastRest = lastRest.then(async () => {
    if (performance.now() - began < TURN_MS) return;
    await nextTurn();
    began = performance.now();
  });
  return lastRest;
}

/**
 * Returns a `rest` for the steps of one piece of work, many of which may wait at once: they go on one after the other,
 * and other work goes between them.
 */
export function createSteps(): () => Promise<void> {
  let last = Promise.resolve();
  return () => {
    last = last.then(rest);
    return last;
  };
}
