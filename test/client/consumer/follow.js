import { createJourneyClient } from 'journey-runtime-client';

/** Follows run events, and ends after `count` of them. Bundled for browsers too: nothing of Node here. */
export async function follow({ after, count, ...options }, print) {
  const client = createJourneyClient({ ...options, onStatus: ({ state }) => print({ state }) });
  let seen = 0;
  for await (const { runId, sequence } of client.watchRunEvents({ after })) {
    print({ event: `${runId}/${sequence}` });
    seen += 1;
    if (seen === count) break;
  }
  client.close();
}
