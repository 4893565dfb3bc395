import type { Random } from './random.ts';
import type { Records } from './records.ts';
import type { System, SystemOptions } from './system.ts';

/** smoke: as much of a fault as fits into a moment; full: as much as the promise was made for. */
export type Size = 'smoke' | 'full';

/** Something measured, beside the invariants, and whether it is what was promised. */
export type Figure = { what: string; reached: string; promised: string; isReached: boolean };

/** What a scenario has to work with. */
export type Stage = {
  size: Size;
  seed: number;
  random: Random;
  open(options?: Omit<SystemOptions, 'seed'>): Promise<System>;
  /** Has something done when the scenario is over or broken off, the last one first. */
  defer(close: () => Promise<void>): void;
  /** Tells who watches what is being done. */
  say(text: string): void;
};

export type Outcome = { records: Records; figures: Figure[] };

export type Scenario = {
  name: string;
  /** The fault, for the report. */
  fault: string;
  /** Sizes that it is part of; it fits into the time of each. */
  sizes: readonly Size[];
  /** Two are played at once, as a rule one of each: the first lane's keep the machine busy, the second's mostly wait. */
  lane: 1 | 2;
  load(size: Size): string;
  run(stage: Stage): Promise<Outcome>;
};

export const bySize = <T>(size: Size, smoke: T, full: T): T => (size === 'smoke' ? smoke : full);
