import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Permission } from '../../identity/permission.ts';
import { conditionOf, type Given, inputFieldsOf } from './input-fields.ts';
import { fieldRule, inputRule, type Rule, typeRule } from './rights-table.ts';

type Variables = { readonly [name: string]: unknown };

/** The permissions of which an operation needs one, and the first field that needs it, such as `Run.request`. */
export type Need = { anyOf: readonly Permission[]; field: string; node: FieldNode };

/**
 * The rights that an operation needs. Without `variables`, it needs those of every field that it may select and every
 * input field that it may set; with them, those of what it does select and set. The work is linear in the document and
 * the variables.
 */
export function neededRights(
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  operation: OperationDefinitionNode,
  variables: Variables | null,
): Need[] {
  const walk = new Walk(schema, fragments, operation, variables);
  const root = schema.getRootType(operation.operation);
  if (root) walk.selections(operation.selectionSet, root);
  return [...walk.needs.values()];
}

class Walk {
  /** By the list of permissions: the lists are constants of the table. */
  readonly needs = new Map<readonly Permission[], Need>();
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #operation: OperationDefinitionNode;
  readonly #variables: Variables | null;
  readonly #spread = new Set<string>();

  constructor(
    schema: GraphQLSchema,
    fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    operation: OperationDefinitionNode,
    variables: Variables | null,
  ) {
    this.#schema = schema;
    this.#fragments = fragments;
    this.#operation = operation;
    this.#variables = variables;
  }

  selections({ selections }: SelectionSetNode, parent: GraphQLCompositeType): void {
    for (const selection of selections) {
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) this.#field(selection, parent);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) this.#fragment(selection.name.value);
      else {
        const type = this.#composite(selection.typeCondition?.name.value);
        this.selections(selection.selectionSet, type ?? parent);
      }
    }
  }

  /** A fragment needs the same rights wherever it is spread. */
  #fragment(name: string): void {
    if (this.#spread.has(name)) return;
    this.#spread.add(name);
    const fragment = this.#fragments.get(name);
    const type = this.#composite(fragment?.typeCondition.name.value);
    if (fragment && type) this.selections(fragment.selectionSet, type);
  }

  #field(node: FieldNode, parent: GraphQLCompositeType): void {
    const name = `${parent.name}.${node.name.value}`;
    const field = this.#schema.getField(parent, node.name.value);
    const type = field && getNamedType(field.type);
    this.#need(typeRule(parent.name), name, node);
    this.#need(fieldRule(name), name, node);
    for (const { name: argument, value: literal } of node.arguments ?? []) {
      const input = field?.args.find((one) => one.name === argument.value)?.type;
      const set = input ? inputFieldsOf(input, { literal }, this.#variableOf) : [];
      for (const inputField of set) this.#need(inputRule(inputField), inputField, node);
    }
    // The types that describe the schema are free below __schema and __type.
    if (!isCompositeType(type) || type.name.startsWith('__')) return;
    // The fields of an interface would not name the type.
    this.#need(typeRule(type.name), name, node);
    if (node.selectionSet) this.selections(node.selectionSet, type);
  }

  #need(rule: Rule, field: string, node: FieldNode): void {
    for (const anyOf of rule) if (!this.needs.has(anyOf)) this.needs.set(anyOf, { anyOf, field, node });
  }

  #isIncluded({ directives = [] }: SelectionNode): boolean {
    return directives.every(({ name, arguments: args }) => {
      const isSkip = name.value === 'skip';
      const literal = args?.find((one) => one.name.value === 'if')?.value;
      if ((!isSkip && name.value !== 'include') || !literal) return true;
      const condition = conditionOf({ literal }, this.#variableOf);
      return condition === undefined || condition !== isSkip;
    });
  }

  /** null while the variables are not known. */
  readonly #variableOf = (name: string): Given | null => {
    if (this.#variables === null) return null;
    if (Object.hasOwn(this.#variables, name)) return { value: this.#variables[name] };
    const definition = this.#operation.variableDefinitions?.find(
      ({ variable }) => variable.name.value === name,
    );
    return definition?.defaultValue ? { literal: definition.defaultValue } : { value: undefined };
  };

  #composite(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.#schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }
}
