import type { FieldNullability, InputFieldMap, SchemaTypes, TypeParam } from '@pothos/core';
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { badRequest } from '../graphql-errors.ts';
import { PAGE_AT_MOST, PAGE_DEFAULT } from '../selection/page.ts';
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
      /** What resolving the field costs beside the objects that it returns, in objects. */
      weighs?: Weights;
    }
  }
}

/** `always`, and for an argument, by its name, where it is given. */
type Weights = { always?: number; [argument: string]: number | undefined };

/** Objects that one operation may load, by estimate. */
const COST_AT_MOST = 25_000;
const TYPICAL_LIST = 10;
const LIST_AT_MOST = 1_000;
/** Literals of an argument that cost as much to read as an object does to load. */
const VALUES_AN_OBJECT = 20;
const NOTHING = { objects: 0, perItem: 0 };

/**
 * Refuses an operation that could load too many objects: one for each field with a selection of its own, and what a field
 * weighs beside, multiplied by the sizes of the lists around it. The document must be valid, for fragments without a circle.
 */
export function checkCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: { readonly [name: string]: unknown },
): void {
  const root = schema.getRootType(operation.operation);
  if (!root) return;
  const weigher = new Weigher(schema, fragmentsOf(document), variables);
  if (weigher.selections(operation.selectionSet, root).objects > COST_AT_MOST)
    throw badRequest(
      `The operation could load more than ${COST_AT_MOST} objects. Request smaller pages or fewer fields, or send several operations.`,
    );
}

/** `perItem` is multiplied by the page size of the connection that the selection is of; so each fragment is weighed once. */
type Cost = { objects: number; perItem: number };

class Weigher {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: { readonly [name: string]: unknown };
  readonly #weighed = new Map<string, Cost>();

  constructor(
    schema: GraphQLSchema,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    variables: { readonly [name: string]: unknown },
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#variables = variables;
  }

  selections(set: SelectionSetNode, parent: GraphQLCompositeType): Cost {
    const total = { objects: 0, perItem: 0 };
    for (const selection of set.selections) {
      const cost =
        selection.kind === Kind.FIELD
          ? this.#field(selection, parent)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? this.#spread(selection.name.value)
            : this.selections(
                selection.selectionSet,
                this.#composite(selection.typeCondition?.name.value) ?? parent,
              );
      total.objects += cost.objects;
      total.perItem += cost.perItem;
    }
    return total;
  }

  #spread(name: string): Cost {
    const known = this.#weighed.get(name);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    const type = this.#composite(fragment?.typeCondition.name.value);
    const cost = fragment && type ? this.selections(fragment.selectionSet, type) : NOTHING;
    this.#weighed.set(name, cost);
    return cost;
  }

  #field(node: FieldNode, parent: GraphQLCompositeType): Cost {
    const field = this.#schema.getField(parent, node.name.value);
    const type = field && getNamedType(field.type);
    if (!field) return NOTHING;
    const extra = this.#extra(node, field);
    // Introspection answers from memory, and graphql-js bounds how deep it lists.
    if (!node.selectionSet || !isCompositeType(type) || type.name.startsWith('__'))
      return { objects: extra, perItem: 0 };
    const size = this.#size(node, field);
    const isConnection = isObjectType(type) && type.name.endsWith('Connection');
    const below = this.selections(node.selectionSet, type);
    const pageSize = isConnection ? (size ?? PAGE_DEFAULT) : TYPICAL_LIST;
    const each = 1 + below.objects + pageSize * below.perItem;
    if (!isListType(getNullableType(field.type))) return { objects: extra + each, perItem: 0 };
    // The lists of a connection are its page; what other lists hold is a guess.
    return size === undefined
      ? { objects: extra, perItem: each }
      : { objects: extra + size * each, perItem: 0 };
  }

  /** What resolving the field costs beside the objects that it returns. */
  #extra(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const { weighs } = (field.extensions.pothosOptions ?? {}) as { weighs?: Weights };
    let extra = weighs?.always ?? 0;
    for (const { name, value } of node.arguments ?? []) {
      if (weighs?.[name.value] !== undefined && !this.#isNull(value)) extra += weighs[name.value]!;
      extra += Math.floor(valuesIn(value) / VALUES_AN_OBJECT);
    }
    return extra;
  }

  #isNull(value: ValueNode): boolean {
    return (
      value.kind === Kind.NULL || (value.kind === Kind.VARIABLE && this.#variables[value.name.value] === null)
    );
  }

  /** The number of items that the field's own arguments ask for. */
  #size(node: FieldNode, field: GraphQLField<unknown, unknown>): number | undefined {
    for (const { name, value } of node.arguments ?? []) {
      if (name.value === 'inputs' || name.value === 'ids') return this.#length(value);
      if (name.value !== 'first' && name.value !== 'last') continue;
      const given = value.kind === Kind.VARIABLE ? this.#variables[value.name.value] : undefined;
      const size = value.kind === Kind.INT ? Number(value.value) : given;
      if (size === undefined && value.kind === Kind.VARIABLE) return PAGE_AT_MOST;
      if (typeof size === 'number') return Math.min(Math.max(size, 1), PAGE_AT_MOST);
    }
    const preset = field.args.find(({ name }) => name === 'first')?.defaultValue;
    return typeof preset === 'number' ? preset : undefined;
  }

  /** How many items a list argument has; for a variable left to its default, as many as it may have. */
  #length(value: ValueNode): number {
    if (value.kind === Kind.LIST) return value.values.length;
    if (value.kind !== Kind.VARIABLE) return 1;
    const given = this.#variables[value.name.value];
    if (given === undefined) return LIST_AT_MOST;
    return Array.isArray(given) ? given.length : 1;
  }

  #composite(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

/** The literals of an argument, which is read again for each object that has the field. */
function valuesIn(value: ValueNode): number {
  if (value.kind === Kind.LIST) return value.values.reduce((sum, item) => sum + valuesIn(item), 1);
  if (value.kind === Kind.OBJECT) return value.fields.reduce((sum, field) => sum + valuesIn(field.value), 1);
  return 1;
}
