import type { Json } from '../json/json.ts';
import type { RunError } from '../runs/model/run-error.ts';

/** The client of the script host. */
export interface ScriptRunner {
  /** As telemetry names it. */
  readonly name: string;
  /** Whether its calls leave this process, so that what was sent must outlive it. */
  readonly external: boolean;
  /** Calls the script once. Never rejects: whatever happens is an answer. */
  run(call: RunnerCall): Promise<RunnerAnswer>;
  /** Lets go of connections; calls in flight are ended. */
  close(): Promise<void>;
}

export type RunnerCall = {
  runId: string;
  attempt: number;
  idempotencyKey: string;
  /** The bytes to send: a repeat under one key sends the same. */
  body: string;
  /** Of the whole attempt, from connecting to the answer's last byte. */
  timeoutSeconds: number;
  /** Aborting ends the call; its answer is then `aborted`, unless it came first. */
  signal: AbortSignal;
  /** Masks what an error's message quotes of the answer. */
  mask: (text: string) => string;
};

export type RunnerAnswer = RunnerOutcome & { latencyMs: number };

export type RunnerOutcome =
  | { kind: 'result'; result: Json }
  | {
      kind: 'failure';
      error: RunError;
      /** Whether the script host settled the call, so that a next attempt is a new call. Else its outcome is unknown. */
      definite: boolean;
      /** From the answer's Retry-After. */
      retryAfterSeconds?: number;
      /** The start of the answer's body, unredacted: for previews that redact it, never for an error's message. */
      errorBody?: { text: string; isCut: boolean };
    }
  | { kind: 'aborted' };
