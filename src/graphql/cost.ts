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
} from 'graphql';
import { badRequest } from './errors.ts';
import { DEPTH_AT_MOST, fragmentsOf } from './limits.ts';
import { PAGE_AT_MOST, PAGE_DEFAULT } from './page.ts';

/** Objects that one operation may load, by estimate. */
const COST_AT_MOST = 25_000;
const TYPICAL_LIST = 10;

/**
 * Refuses an operation that could load too many objects: one for each field with a selection of its own, multiplied by
 * the sizes of the lists around it. The document must be valid, for fragments without a circle.
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
  const cost = weigher.selections(operation.selectionSet, root);
  if (cost.depth > DEPTH_AT_MOST)
    throw badRequest(`Fields are nested deeper than ${DEPTH_AT_MOST}; ask in several operations.`);
  if (cost.objects > COST_AT_MOST)
    throw badRequest(
      `The operation could load more than ${COST_AT_MOST} objects. Ask for smaller pages, or for less in each.`,
    );
}

type Cost = { objects: number; depth: number };

class Weigher {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #variables: { readonly [name: string]: unknown };
  /** A fragment weighs the same wherever it is spread in pages of one size: without this, spreads in spreads explode. */
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

  /** `pageSize` is of the connection that these are the fields of. */
  selections(set: SelectionSetNode, parent: GraphQLCompositeType, pageSize?: number): Cost {
    const total = { objects: 0, depth: 0 };
    for (const selection of set.selections) {
      const cost =
        selection.kind === Kind.FIELD
          ? this.#field(selection, parent, pageSize)
          : selection.kind === Kind.FRAGMENT_SPREAD
            ? this.#spread(selection.name.value, pageSize)
            : this.selections(
                selection.selectionSet,
                this.#composite(selection.typeCondition?.name.value) ?? parent,
                pageSize,
              );
      total.objects += cost.objects;
      total.depth = Math.max(total.depth, cost.depth);
    }
    return total;
  }

  #spread(name: string, pageSize?: number): Cost {
    const key = `${name} ${pageSize}`;
    const known = this.#weighed.get(key);
    if (known) return known;
    const fragment = this.#fragments.get(name);
    const type = this.#composite(fragment?.typeCondition.name.value);
    const cost =
      fragment && type ? this.selections(fragment.selectionSet, type, pageSize) : { objects: 0, depth: 0 };
    this.#weighed.set(key, cost);
    return cost;
  }

  #field(node: FieldNode, parent: GraphQLCompositeType, pageSize?: number): Cost {
    const field = this.#schema.getField(parent, node.name.value);
    const type = field && getNamedType(field.type);
    // Introspection answers from memory, and graphql-js bounds how deep it lists.
    if (!field || !node.selectionSet || !isCompositeType(type) || type.name.startsWith('__'))
      return { objects: 0, depth: 1 };
    const size = this.#asked(node, field);
    const isConnection = isObjectType(type) && type.name.endsWith('Connection');
    // The lists of a connection are its page; what other lists hold is a guess.
    const times = isListType(getNullableType(field.type)) ? (size ?? pageSize ?? TYPICAL_LIST) : 1;
    const below = this.selections(node.selectionSet, type, isConnection ? (size ?? PAGE_DEFAULT) : undefined);
    return { objects: times * (1 + below.objects), depth: below.depth + 1 };
  }

  /** The number of items that the field's own arguments ask for. */
  #asked(node: FieldNode, field: GraphQLField<unknown, unknown>): number | undefined {
    for (const { name, value } of node.arguments ?? []) {
      if (name.value !== 'first' && name.value !== 'last') continue;
      const asked = value.kind === Kind.VARIABLE ? this.#variables[value.name.value] : undefined;
      const size = value.kind === Kind.INT ? Number(value.value) : asked;
      if (size === undefined && value.kind === Kind.VARIABLE) return PAGE_AT_MOST;
      if (typeof size === 'number') return Math.min(Math.max(size, 1), PAGE_AT_MOST);
    }
    const preset = field.args.find(({ name }) => name === 'first')?.defaultValue;
    return typeof preset === 'number' ? preset : undefined;
  }

  #composite(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}
