import type { ApiProcess } from './api-process.ts';
import type { LoopDelay } from './loop-probe.ts';

/** The size of an attack: `smoke` for CI, `full` for the figures of docs/security.md. */
export type Size = 'smoke' | 'full';

export type AttackContext = {
  api: ApiProcess;
  size: Size;
  /** Numbers from 0 to 1, the same with the same seed. */
  random: () => number;
  /** Takes the delays of the event loop that the attack has read itself. */
  delayed(delay: LoopDelay): void;
};

export type Attack<Context = AttackContext> = {
  name: string;
  /** What it does, for the report. */
  tries: string;
  /**
   * Attacks, and may return a remark for the report, or a function that returns it, which is called without the calm
   * client: long work of this process would delay it. Both throw an error for an answer that must not be.
   */
  run(context: Context): Promise<string | undefined | (() => string)>;
};

export const times = ({ size }: Pick<AttackContext, 'size'>, smoke: number, full: number): number =>
  size === 'smoke' ? smoke : full;
