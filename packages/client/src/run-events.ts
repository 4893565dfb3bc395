import type { RunEventsSubscription, RunFilter } from './generated.ts';

export type { RunFilter };

/** One line of a run's history. Store its cursor to continue after it later. */
export type RunEvent = NonNullable<RunEventsSubscription['runEvents']>;

/** It selects no payloads, so that every client that may read the status of runs may use it, such as a page with a token. */
export const RUN_EVENTS: string = /* GraphQL */ `
  subscription RunEvents($where: RunFilter, $after: String) {
    runEvents(where: $where, after: $after) {
      cursor runId sequence type status attempt at runAt actor reason
      error { code message retryable }
      telemetry { runner latencyMs bindingsCount }
    }
  }
`;
