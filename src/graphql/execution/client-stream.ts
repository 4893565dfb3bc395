import type { ExecutionResult } from 'graphql';
import type { Logger } from '../../logger.ts';
import { toClientError } from '../graphql-errors.ts';

/** A stream that fails throws a GraphQLError. */
export type ResultStream = AsyncGenerator<ExecutionResult, void, void>;

type StreamOptions = {
  masked(result: ExecutionResult): ExecutionResult;
  /** Called when the stream has ended, at least once. */
  close(): void;
  logger: Logger;
};

/**
 * A stream of results for the transport. `return` ends its source at once: waiting for the next event could keep a
 * closed subscription open forever.
 */
export function clientStream(
  results: AsyncIterator<ExecutionResult, void, void>,
  { masked, close, logger }: StreamOptions,
): ResultStream {
  const end = async () => {
    close();
    await results.return?.();
  };
  const stream: ResultStream = {
    async next() {
      try {
        const step = await results.next();
        if (!step.done) return { done: false, value: masked(step.value) };
        close();
        return { done: true, value: undefined };
      } catch (error) {
        close();
        throw toClientError(error, logger);
      }
    },
    async return() {
      await end();
      return { done: true, value: undefined };
    },
    async throw(error) {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]: () => stream,
    [Symbol.asyncDispose]: end,
  };
  return stream;
}
