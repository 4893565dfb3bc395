import type { FieldNullability, InputFieldMap, SchemaTypes, TypeParam } from '@pothos/core';
import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { AuditedType } from '../../audit/audited-state.ts';
import { recorded } from '../../audit/record-change.ts';
import { poolWithin } from '../../postgres/transaction.ts';
import type { Context } from '../context.ts';

declare global {
  namespace PothosSchemaTypes {
    interface FieldOptions<
      Types extends SchemaTypes,
      ParentShape,
      Type extends TypeParam<Types>,
      Nullable extends FieldNullability<Type>,
      Args extends InputFieldMap,
      ResolveShape,
      ResolveReturnShape,
    > {
      /**
       * Each mutation has it. The type of the object that the mutation changes: the change and its entry in the audit log are
       * one transaction. `itself` where the statements of the mutation add the entry, `nothing` where it stores nothing.
       */
      audits?: AuditedType | 'itself' | 'nothing';
    }
  }
}

/** Makes each mutation a transaction with its entry in the audit log. A mutation must write by `db.pool` only. */
export function withAuditLog(schema: GraphQLSchema): GraphQLSchema {
  for (const field of Object.values(schema.getMutationType()!.getFields())) {
    const { audits } = (field.extensions.pothosOptions ?? {}) as {
      audits?: AuditedType | 'itself' | 'nothing';
    };
    if (audits === undefined || audits === 'itself' || audits === 'nothing') continue;
    const resolve = field.resolve ?? defaultFieldResolver;
    field.resolve = async (parent, args, context: Context, info) => {
      const { db, principal, requestId } = context;
      const change = { principal: principal.id, requestId, action: field.name, type: audits };
      let mustRing = false;
      const result = await recorded(
        db.pool,
        change,
        args,
        (client) => {
          // The doorbell follows the commit.
          const ring = () => {
            mustRing = true;
          };
          const within = { ...context, ring, db: { ...db, pool: poolWithin(client) } };
          return Promise.resolve(resolve(parent, args, within, info));
        },
        changedId,
      );
      if (mustRing) context.ring();
      return result;
    };
  }
  return schema;
}

/** The id of the object that a mutation's result is about; null if the result has user errors. */
function changedId(result: unknown): string | null {
  const { ok, value, id, userErrors } = result as {
    ok?: boolean;
    value?: string | { id: string };
    id?: string | null;
    userErrors?: unknown[];
  };
  if (ok === undefined) return userErrors?.length === 0 ? (id ?? null) : null;
  if (!ok || value === undefined) return null;
  return typeof value === 'string' ? value : value.id;
}
