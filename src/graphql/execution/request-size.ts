import type { FieldNullability, InputFieldMap, SchemaTypes, TypeParam } from '@pothos/core';
import type {
  DocumentNode,
  FragmentDefinitionNode,
  GraphQLObjectType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import { Kind } from 'graphql';
import { badHttp } from '../graphql-errors.ts';
import { fragmentsOf } from './document-size.ts';

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
      /** Whether the input of this root field may be larger than REQUEST_AT_MOST, up to the limit of every body. */
      takesLargeInput?: boolean;
    }
  }
}

/** In bytes. A run has three payloads of up to 256 KiB, which escapes may make twice as long. */
const REQUEST_AT_MOST = 2 * 1024 * 1024;

/**
 * Rejects a large request unless one of its root fields takes large inputs, as a checkout does.
 * @throws GraphQLError BAD_REQUEST, with HTTP status 413
 */
export function checkRequestSize(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  bytes: number,
): void {
  if (bytes <= REQUEST_AT_MOST) return;
  const root = schema.getRootType(operation.operation);
  if (root && takesLarge(root, operation.selectionSet, fragmentsOf(document))) return;
  throw badHttp(`The request is larger than ${REQUEST_AT_MOST} bytes, the limit for its fields.`, 413);
}

function takesLarge(
  root: GraphQLObjectType,
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): boolean {
  const sets = new Set([set]);
  // The loop also visits the sets that are added meanwhile. Each is visited once, however often it is spread.
  for (const { selections } of sets)
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const options = root.getFields()[selection.name.value]?.extensions.pothosOptions;
        if ((options as { takesLargeInput?: boolean } | undefined)?.takesLargeInput) return true;
        continue;
      }
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (inner) sets.add(inner.selectionSet);
    }
  return false;
}
