import type { Span } from '@opentelemetry/api';
import { type DocumentNode, type ExecutionResult, getOperationAST } from 'graphql';
import { failSpan, inSpan } from '../../telemetry/spans.ts';

type Requested = { document: DocumentNode; operationName?: string | null };

/** Executes an operation within a span, which is named by the operation's type. */
export const inOperationSpan = (
  requested: Requested,
  execute: () => Promise<ExecutionResult>,
): Promise<ExecutionResult> =>
  inSpan('operation', {}, async (span) => {
    if (span) describe(span, requested);
    const result = await execute();
    const [error] = result.errors ?? [];
    if (error) failSpan(span, String(error.extensions?.code ?? 'unknown'));
    return result;
  });

function describe(span: Span, { document, operationName }: Requested): void {
  const operation = getOperationAST(document, operationName);
  if (!operation) return;
  span.updateName(operation.operation);
  span.setAttribute('graphql.operation.type', operation.operation);
  if (operation.name)
    span.setAttribute('graphql.operation.name', operation.name.value.slice(0, NAME_AT_MOST));
}

const NAME_AT_MOST = 100;
