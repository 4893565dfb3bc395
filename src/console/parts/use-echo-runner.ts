import { graphql } from '../api/generated/index.ts';
import { useOperation } from '../api/query.ts';

/** Whether the service has the echo runner instead of a script host, so that no script is executed. */
export function useEchoRunner(): boolean {
  const { data } = useOperation(EchoRunner_Query, {}, { staleTime: Number.POSITIVE_INFINITY });
  return data?.system?.runner.kind === 'ECHO';
}

const EchoRunner_Query = graphql(`
  query EchoRunner_Query {
    system {
      runner {
        kind
      }
    }
  }
`);
