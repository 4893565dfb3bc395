import type { Json } from '../json/json.ts';
import type { RunError } from '../runs/model/run-error.ts';

/** The client of the script host. */
export interface ScriptRunner {
  /** The runner's name in telemetry. */
  readonly name: string;
  /** Whether calls leave this process. If so, the request must be stored, because it must outlive the process. */
  readonly external: boolean;
  /** Calls the script once. Never rejects: every outcome, also an error, is a RunnerAnswer. */
  run(call: RunnerCall): Promise<RunnerAnswer>;
  /** Closes all connections and ends the calls in flight. */
  close(): Promise<void>;
}

export type RunnerCall = {
  runId: string;
  attempt: number;
  idempotencyKey: string;
  /** The bytes to send. Calls with the same idempotency key send the same bytes. */
  body: string;
  /** The limit of the whole attempt, from connecting to the last byte of the response. */
  timeoutSeconds: number;
  /** Aborting ends the call. Its outcome is then `aborted`, unless the response came first. */
  signal: AbortSignal;
  /** Masks the parts of the response that an error's message quotes. */
  mask: (text: string) => string;
};

export type RunnerAnswer = RunnerOutcome & { latencyMs: number };

export type RunnerOutcome =
  | { kind: 'result'; result: Json }
  | {
      kind: 'failure';
      error: RunError;
      /**
       * True when the script host settled the call, so that the next attempt is a new call; false when the outcome is
       * unknown.
       */
      definite: boolean;
      /** From the response's Retry-After header. */
      retryAfterSeconds?: number;
      /**
       * The start of the response's body, unredacted. It is for previews, which redact it, and never for an error's
       * message.
       */
      errorBody?: { text: string; isCut: boolean };
    }
  | { kind: 'aborted' };
