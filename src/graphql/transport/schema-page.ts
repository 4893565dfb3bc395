import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Page, pageOf, sendPage } from '../../http/answer.ts';
import type { Execution } from '../execution/execution.ts';
import { printApi } from '../schema/print-api.ts';
import { executeFor, sendRejection } from './own-operation.ts';

/** Creates the handler of `/schema.graphql`, which is for clients that may introspect the API. */
export function createSchemaPage(execution: Execution) {
  let page: Page | undefined;

  return async function sendSchema(req: IncomingMessage, res: ServerResponse): Promise<void> {
    try {
      await executeFor(execution, req, res, '{ __schema { __typename } }');
    } catch (error) {
      return sendRejection(res, error);
    }
    page ??= pageOf(printApi(), { 'content-type': 'text/plain; charset=utf-8' });
    sendPage(req, res, page);
  };
}
