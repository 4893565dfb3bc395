import { Kind, type OperationDefinitionNode, parse, print } from '@0no-co/graphql.web';
import { JourneyClientError } from './errors.ts';

/**
 * A document with its types: a TypedDocumentNode, or the TypedDocumentString of GraphQL Code Generator's client preset.
 */
export type TypedDocument<Result, Variables> = {
  __apiType?: (variables: Variables) => Result;
} & (UntypedDocument | { toString(): string });

/** The document as an abstract syntax tree, as `gql` and graphql-js make it. */
export type UntypedDocument = { readonly kind: 'Document'; readonly definitions: readonly unknown[] };

export type SubscriptionDocument = {
  query: string;
  /** True if the subscription resumes after a cursor; false if it starts again with the current state. */
  hasCursor: boolean;
};

/** Subscriptions in which every event counts. If one of these could not resume, it would lose events silently. */
const EVENT_FIELDS: readonly string[] = ['runEvents'];

/** @throws JourneyClientError INVALID_DOCUMENT */
export function readDocument(document: unknown): SubscriptionDocument {
  const { query, definitions } = parsed(document);
  const operations = definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const [operation, another] = operations as OperationDefinitionNode[];
  if (operation?.operation !== 'subscription' || another)
    throw invalid('The document must hold exactly one operation, a subscription.');

  const hasCursor = (operation.variableDefinitions ?? []).some(
    ({ variable }) => variable.name.value === 'after',
  );
  for (const field of operation.selectionSet.selections) {
    if (hasCursor || field.kind !== Kind.FIELD || !EVENT_FIELDS.includes(field.name.value)) continue;
    const { value: name } = field.name;
    throw invalid(
      `${name} cannot resume after an interruption: declare the variable $after, pass it on, and select the cursor: ` +
        `subscription ($after: String) { ${name}(after: $after) { cursor … } }.`,
    );
  }
  return { query, hasCursor };
}

/**
 * Returns the cursor of a result: the field `cursor` of the subscription's root field, under any alias of that root
 * field.
 */
export function cursorOf(data: Record<string, unknown>): string {
  const [event] = Object.values(data) as ({ cursor?: unknown } | null)[];
  if (typeof event?.cursor === 'string') return event.cursor;
  throw invalid('The subscription declares $after, but its results have no cursor: select the field cursor.');
}

function parsed(document: unknown): { query: string; definitions: readonly { kind: string }[] } {
  try {
    if (typeof document === 'string' || document instanceof String) {
      const query = document.toString();
      return { query, definitions: parse(query, { noLocation: true }).definitions };
    }
    if ((document as UntypedDocument | null)?.kind === 'Document') {
      const tree = document as Parameters<typeof print>[0] & { definitions: readonly { kind: string }[] };
      return { query: print(tree), definitions: tree.definitions };
    }
  } catch (cause) {
    throw invalid(`The document cannot be parsed: ${(cause as Error).message}`, cause);
  }
  throw invalid('The document must be a string, a TypedDocumentString, or a DocumentNode.');
}

const invalid = (message: string, cause?: unknown) =>
  new JourneyClientError('INVALID_DOCUMENT', message, { cause });
