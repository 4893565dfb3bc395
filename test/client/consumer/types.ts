import {
  type ConnectionStatus,
  createJourneyClient,
  JourneyClientError,
  type RunEvent,
  type RunFilter,
} from 'journey-runtime-client';

export const failed: RunFilter = { status: ['FAILED'], metadata: { initiator: 'checkout' } };
// @ts-expect-error There is no such status.
export const wrong: RunFilter = { status: ['BROKEN'] };

const client = createJourneyClient({
  url: new URL('http://127.0.0.1:4000/graphql'),
  connectionParams: async () => ({ authorization: 'Bearer …' }),
  signal: AbortSignal.timeout(1_000),
  onStatus(status: ConnectionStatus) {
    if (status.state === 'interrupted') console.log(status.since.toISOString(), status.error.message);
  },
});

/** As GraphQL Code Generator types documents. */
declare const typed: { __apiType?: (variables: { id: string }) => { runUpdated: { status: string } } } & {
  kind: 'Document';
  definitions: readonly object[];
};

export async function use(): Promise<RunEvent | undefined> {
  try {
    for await (const event of client.watchRunEvents({ where: failed, after: null })) {
      const sequence: number = event.sequence;
      // @ts-expect-error There is no such field.
      console.log(sequence, event.noSuchField);
      return event;
    }
    for await (const { runUpdated } of client.watch(typed, { id: '1' }))
      console.log(runUpdated.status.length);
    // @ts-expect-error The variable id is required.
    client.watch(typed);
    const untyped = await client.watch('subscription { runStats { queued } }').next();
    console.log(untyped.value?.runStats.queued);
  } catch (error) {
    if (error instanceof JourneyClientError && error.code === 'CURSOR_EXPIRED') client.close();
  }
  return undefined;
}
