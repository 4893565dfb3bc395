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
import { fragmentsOf } from './document-size.ts';
import { badRequest } from './errors.ts';
import { PAGE_AT_MOST, PAGE_DEFAULT } from './page.ts';

/** Objects that one operation may load, by estimate. */
const COST_AT_MOST = 25_000;
const TYPICAL_LIST = 10;
const NOTHING = { objects: 0, perItem: 0 };

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
  if (weigher.selections(operation.selectionSet, root).objects > COST_AT_MOST)
    throw badRequest(
      `The operation could load more than ${COST_AT_MOST} objects. Ask for smaller pages, or for less in each.`,
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
    // Introspection answers from memory, and graphql-js bounds how deep it lists.
    if (!field || !node.selectionSet || !isCompositeType(type) || type.name.startsWith('__')) return NOTHING;
    const size = this.#asked(node, field);
    const isConnection = isObjectType(type) && type.name.endsWith('Connection');
    const below = this.selections(node.selectionSet, type);
    const pageSize = isConnection ? (size ?? PAGE_DEFAULT) : TYPICAL_LIST;
    const each = 1 + below.objects + pageSize * below.perItem;
    if (!isListType(getNullableType(field.type))) return { objects: each, perItem: 0 };
    // The lists of a connection are its page; what other lists hold is a guess.
    return size === undefined ? { objects: 0, perItem: each } : { objects: size * each, perItem: 0 };
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
