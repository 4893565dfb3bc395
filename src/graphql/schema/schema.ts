import './scalars.ts';
import './component.ts';
import './product.ts';
import './run.ts';
import './run-masked-fields.ts';
import './run-connections.ts';
import './stats.ts';
import './run-counts-type.ts';
import './run-error-group.ts';
import './system.ts';
import './viewer.ts';
import './saved-view.ts';
import './enqueue.ts';
import './run-preview.ts';
import './run-event.ts';
import './run-attempt.ts';
import './subscription.ts';
import './run-operations.ts';
import './bulk-operation.ts';
import './bulk-operation-item.ts';
import './bulk-operation-request.ts';
import './bulk-operation-list.ts';
import './bulk-preview.ts';
import './order.ts';
import './order-line.ts';
import './skipped-attachment.ts';
import './order-runs.ts';
import './run-group-type.ts';
import './plan.ts';
import './secret.ts';
import './catalogue-lint.ts';
import './product-updated.ts';
import './component-preview.ts';
import './samples-check.ts';
import './component-stats-type.ts';
import './api-key-type.ts';
import './run-token-type.ts';
import './node-by-id.ts';
import './audit-log.ts';
import {
  defaultFieldResolver,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isObjectType,
} from 'graphql';
import type { Context } from '../context.ts';
import { badRequest } from '../graphql-errors.ts';
import { withAuditLog } from './audited-mutations.ts';
import { builder } from './builder.ts';
import { inSteps } from './in-steps.ts';
import { withMovedShopsRejected } from './moved-shops-rejected.ts';

builder.queryType({
  description: 'Reads. Each root field is null if it fails; the other fields are not affected.',
});
builder.mutationType({
  description:
    'Writes. Each payload has userErrors for errors that a change of the input can fix; nothing was stored then. Other failures, such as UNAVAILABLE, are GraphQL errors. The mutations of one operation are executed in order.',
});

export const schema = inSteps(
  withStopOnDisconnect(
    withMovedShopsRejected(withAuditLog(withNullableRoots(withJsonBudget(builder.toSchema())))),
  ),
);

/**
 * Makes root fields nullable, so that a failing field does not discard the others: null in a non-null root field
 * would make all of `data` null. `nodes` stays as Relay specifies it; each of its items may fail separately.
 */
function withNullableRoots(schema: GraphQLSchema): GraphQLSchema {
  for (const type of [schema.getQueryType()!, schema.getMutationType()!])
    for (const field of Object.values(type.getFields()))
      if (field.name !== 'nodes') field.type = getNullableType(field.type);
  return schema;
}

/** Limits the JSON that an operation returns. Fields that are `isWeighed` do so themselves. */
function withJsonBudget(schema: GraphQLSchema): GraphQLSchema {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()))
    .filter(({ type, extensions }) => /^JSON/.test(getNamedType(type).name) && !extensions.isWeighed);
  for (const field of fields) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (parent, args, context: Context, info) => {
      const value = await resolve(parent, args, context, info);
      context.jsonBudget.take(value);
      return value;
    };
  }
  return schema;
}

/** Stops a mutation of several fields before the next field when the client has disconnected. */
function withStopOnDisconnect(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = (parent, args, context: Context, info) => {
      if (context.hasLeft()) throw badRequest('Not executed: the client disconnected first.');
      return resolve(parent, args, context, info);
    };
  }
  return schema;
}
