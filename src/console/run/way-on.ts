import type { RunErrorCode } from '../api/generated/graphql.ts';
import type { ReplayMode } from './replay-modes.ts';

/** The action that most likely helps: a retry of the run, or a replay in a mode. */
export type WayOn = { action: 'retry' | 'replay'; mode: ReplayMode };

/**
 * The way on after an error, so that the main button is not one that repeats it.
 *
 * @param isBound whether the run belongs to a step of a product, whose current bindings a replay can take
 */
export function wayOn(code: RunErrorCode | undefined, isBound: boolean): WayOn {
  if (code && RETRIED.has(code)) return { action: 'retry', mode: 'exact' };
  if (code === 'INPUT_UNCHECKED') return { action: 'replay', mode: 'version' };
  if (code === 'BINDING_UNRESOLVED' || code === 'INPUT_INVALID')
    return { action: 'replay', mode: isBound ? 'bindings' : 'edited' };
  return { action: 'replay', mode: 'exact' };
}

/** Errors whose cause lies outside the run. */
const RETRIED: ReadonlySet<RunErrorCode> = new Set([
  'SECRET_UNAVAILABLE',
  'RUNNER_FAILED',
  'RUNNER_TIMEOUT',
  'RUNNER_UNREACHABLE',
  'WORKER_LOST',
  'CANCELED',
  'INTERNAL',
]);
