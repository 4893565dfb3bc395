import type { Cluster } from './cluster.ts';

/** What a row is given to measure with. */
export type Bench = {
  cluster: Cluster;
  /** Turns of each side. */
  turns: number;
  /** How long one turn of a load lasts. */
  turnMs: number;
  /** How many runs stand for "a long history", for "a short one", and for the part of one that retention drops. */
  history: { long: number; short: number; dropped: number };
  /** Few and short turns, to see that everything works. */
  quick: boolean;
};

/** One line of the table: what was measured, and against what. */
export type Figure = {
  figure: string;
  against: string;
  /** Ours divided by theirs; null where the peer could not be run. */
  ratio: number | null;
  goal: Goal | null;
  /** Both sides as measured, with their unit. */
  ours: string;
  theirs: string;
};

export type Goal = { atLeast: number } | { atMost: number };

/** One row of the table's subjects. It leaves nothing running behind. */
export type Row = {
  /** As `--only` takes it. */
  name: string;
  measure(bench: Bench): Promise<Figure[]>;
  /** What keeps the figures from being better, as far as it is known. */
  limit: string;
};

export const atLeast = (atLeast: number): Goal => ({ atLeast });
export const atMost = (atMost: number): Goal => ({ atMost });
