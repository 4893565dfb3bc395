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
  type VariableNode,
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
      /** The cost of resolving the field besides the objects that it returns, counted in objects. */
      weighs?: Weights;
    }
  }
}

/** `always` counts for each use of the field; a cost under an argument's name counts if the argument is set. */
type Weights = { always?: number; [argument: string]: number | undefined };

/** The most objects that one operation may load, as estimated. */
const COST_AT_MOST = 25_000;
const TYPICAL_LIST = 10;
const LIST_AT_MOST = 1_000;
/** This many literals in an argument cost as much as one loaded object. */
const VALUES_AN_OBJECT = 20;
/** The cost of `__schema`, by the time that GraphiQL's introspection takes. */
const INTROSPECTION = 500;
const NOTHING = { objects: 0, perItem: 0 };

/**
 * Estimates the cost of an operation, and rejects one that could load too many objects. A field with a selection set counts as one object plus its
 * `weighs`, multiplied by the sizes of the lists that contain it. The document must be valid, so that no fragment
 * spreads itself.
 * @throws GraphQLError BAD_REQUEST that says how to load less
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: { readonly [name: string]: unknown },
): number {
  const known = constantCosts.get(operation);
  if (known !== undefined) return known;
  const root = schema.getRootType(operation.operation);
  if (!root) return 0;
  const weigher = new Weigher(schema, fragmentsOf(document), variables);
  const { objects } = weigher.selections(operation.selectionSet, root);
  if (objects > COST_AT_MOST)
    throw badRequest(
      `The operation could load more than ${COST_AT_MOST} objects. Request smaller pages or fewer fields, or send several operations.`,
    );
  if (!weigher.hasReadVariables) constantCosts.set(operation, objects);
  return objects;
}

/** The costs of operations that are the same with any variables. A cached document is not weighed again at each request. */
const constantCosts = new WeakMap<OperationDefinitionNode, number>();

/**
 * The cost of a selection. `perItem` is multiplied later, by the page size of the connection that contains the
 * selection, so that each fragment is counted only once.
 */
type Cost = { objects: number; perItem: number };

class Weigher {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: { readonly [name: string]: unknown };
  readonly #weighed = new Map<string, Cost>();
  hasReadVariables = false;

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
    // graphql-js limits the depth of introspection, which loads nothing but may select every type.
    if (node.name.value === '__schema') return { objects: INTROSPECTION, perItem: 0 };
    if (!node.selectionSet || !isCompositeType(type) || type.name.startsWith('__'))
      return { objects: extra, perItem: 0 };
    const size = this.#size(node, field);
    const isConnection = isObjectType(type) && type.name.endsWith('Connection');
    const below = this.selections(node.selectionSet, type);
    const pageSize = isConnection ? (size ?? PAGE_DEFAULT) : TYPICAL_LIST;
    const each = 1 + below.objects + pageSize * below.perItem;
    if (!isListType(getNullableType(field.type))) return { objects: extra + each, perItem: 0 };
    // The size of a connection's lists is its page size. The size of another list is estimated.
    return size === undefined
      ? { objects: extra, perItem: each }
      : { objects: extra + size * each, perItem: 0 };
  }

  /** The field's cost besides the objects that it returns. */
  #extra(node: FieldNode, field: GraphQLField<unknown, unknown>): number {
    const { weighs } = (field.extensions.pothosOptions ?? {}) as { weighs?: Weights };
    let extra = weighs?.always ?? 0;
    for (const { name, value } of node.arguments ?? []) {
      if (weighs?.[name.value] !== undefined && !this.#isNull(value)) extra += weighs[name.value]!;
      extra += Math.floor(valuesIn(value) / VALUES_AN_OBJECT);
    }
    return extra;
  }

  #variable({ name }: VariableNode): unknown {
    this.hasReadVariables = true;
    return this.#variables[name.value];
  }

  #isNull(value: ValueNode): boolean {
    return value.kind === Kind.NULL || (value.kind === Kind.VARIABLE && this.#variable(value) === null);
  }

  /** The number of items that the field's own arguments request; undefined if they do not limit it. */
  #size(node: FieldNode, field: GraphQLField<unknown, unknown>): number | undefined {
    for (const { name, value } of node.arguments ?? []) {
      if (name.value === 'inputs' || name.value === 'ids') return this.#length(value);
      if (name.value !== 'first' && name.value !== 'last') continue;
      const given = value.kind === Kind.VARIABLE ? this.#variable(value) : undefined;
      const size = value.kind === Kind.INT ? Number(value.value) : given;
      if (size === undefined && value.kind === Kind.VARIABLE) return PAGE_AT_MOST;
      if (typeof size === 'number') return Math.min(Math.max(size, 1), PAGE_AT_MOST);
    }
    const preset = field.args.find(({ name }) => name === 'first')?.defaultValue;
    return typeof preset === 'number' ? preset : undefined;
  }

  /**
   * The number of items in a list argument. A variable that is left to its default counts as the longest list
   * allowed.
   */
  #length(value: ValueNode): number {
    if (value.kind === Kind.LIST) return value.values.length;
    if (value.kind !== Kind.VARIABLE) return 1;
    const given = this.#variable(value);
    if (given === undefined) return LIST_AT_MOST;
    return Array.isArray(given) ? given.length : 1;
  }

  #composite(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}

/** The number of literals in an argument. The executor reads them again for each object that has the field. */
function valuesIn(value: ValueNode): number {
  if (value.kind === Kind.LIST) return value.values.reduce((sum, item) => sum + valuesIn(item), 1);
  if (value.kind === Kind.OBJECT) return value.fields.reduce((sum, field) => sum + valuesIn(field.value), 1);
  return 1;
}
