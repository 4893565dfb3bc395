import type { ApiProcess } from './api-process.ts';

/** The size of an attack: `smoke` for CI, `full` for the figures of docs/security.md. */
export type Size = 'smoke' | 'full';

export type AttackContext = {
  api: ApiProcess;
  size: Size;
  /** Numbers from 0 to 1, the same with the same seed. */
  random: () => number;
};

export type Attack = {
  name: string;
  /** What it does, for the report. */
  tries: string;
  /** Attacks; throws an error for an answer that must not be. */
  run(context: AttackContext): Promise<void>;
};

export const times = ({ size }: AttackContext, smoke: number, full: number): number =>
  size === 'smoke' ? smoke : full;
