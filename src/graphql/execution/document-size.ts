import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { badRequest } from '../graphql-errors.ts';
import { DEPTH_AT_MOST } from './document-limits.ts';

/** The most fields in a document, counting those of a fragment at each of its spreads. */
const FIELDS_AT_MOST = 5_000;
/** The most comparisons that validation may make: it compares fields and fragments of one selection in pairs. */
const COMPARISONS_AT_MOST = 100_000;

/**
 * Limits the size of a document with its fragments expanded, and so the work of validation, the cost estimate, the
 * executor and the resolvers that read the selection. It must be called before them, on a document that may be
 * invalid. Its own work is linear: each selection set is counted once, however often it is spread.
 * @throws GraphQLError BAD_REQUEST
 */
export function checkSize(document: DocumentNode): void {
  const sizes = new Sizes(fragmentsOf(document));
  let fields = 0;
  for (const definition of document.definitions) {
    if (!('selectionSet' in definition)) continue;
    const size = sizes.of(definition.selectionSet);
    fields = Math.max(
      size.fields,
      definition.kind === Kind.OPERATION_DEFINITION ? fields + size.fields : fields,
    );
    if (size.depth > DEPTH_AT_MOST) throw tooDeep();
    if (fields > FIELDS_AT_MOST)
      throw badRequest(
        `The document has more than ${FIELDS_AT_MOST} fields, counting those of a fragment wherever it is spread. Split it into several operations.`,
      );
  }
  const overlaps = new Overlaps(sizes);
  for (const definition of document.definitions)
    if (definition.kind === Kind.OPERATION_DEFINITION) overlaps.count([definition.selectionSet]);
}

/** The document's fragments by their names. */
export function fragmentsOf({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** The fields and spreads of one selection set, including those in its inline fragments. */
type Scope = { fields: FieldNode[]; spreads: Set<string> };
type Size = { fields: number; depth: number };

class Sizes {
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #scopes = new Map<SelectionSetNode, Scope>();
  readonly #own = new Map<SelectionSetNode, Size>();
  /** The selection sets that are being counted, from the outermost to the innermost. */
  readonly #open = new Set<SelectionSetNode>();

  constructor(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#fragments = fragments;
  }

  /** The size of a selection set. Each fragment that it spreads counts once, as when the executor collects fields. */
  of(set: SelectionSetNode): Size {
    const total = { fields: 0, depth: 0 };
    for (const part of this.parts([set])) {
      const { fields, depth } = this.#ownSize(part);
      total.fields += fields;
      total.depth = Math.max(total.depth, depth);
    }
    return total;
  }

  /** These selection sets and those of all fragments that they spread, each once. */
  parts(sets: readonly SelectionSetNode[]): Set<SelectionSetNode> {
    const parts = new Set(sets);
    // The loop also visits the items that are added to the set meanwhile.
    for (const part of parts)
      for (const name of this.scope(part).spreads) {
        const fragment = this.#fragments.get(name);
        if (fragment) parts.add(fragment.selectionSet);
      }
    return parts;
  }

  scope(set: SelectionSetNode): Scope {
    const known = this.#scopes.get(set);
    if (known) return known;
    const scope: Scope = { fields: [], spreads: new Set() };
    const open = [set];
    for (let at = open.pop(); at; at = open.pop())
      for (const selection of at.selections) {
        if (selection.kind === Kind.FIELD) scope.fields.push(selection);
        else if (selection.kind === Kind.FRAGMENT_SPREAD) scope.spreads.add(selection.name.value);
        else open.push(selection.selectionSet);
      }
    this.#scopes.set(set, scope);
    return scope;
  }

  #ownSize(set: SelectionSetNode): Size {
    const known = this.#own.get(set);
    if (known) return known;
    if (this.#open.has(set)) throw badRequest('A fragment is spread within itself; remove the spread.');
    if (this.#open.size > DEPTH_AT_MOST) throw tooDeep();
    this.#open.add(set);
    const size = { fields: 0, depth: 0 };
    for (const field of this.scope(set).fields) {
      const below = field.selectionSet ? this.of(field.selectionSet) : { fields: 0, depth: 0 };
      size.fields = Math.min(size.fields + 1 + below.fields, FIELDS_AT_MOST + 1);
      size.depth = Math.max(size.depth, 1 + below.depth);
    }
    this.#open.delete(set);
    this.#own.set(set, size);
    return size;
  }
}

/** Counts the pairs that validation compares. It merges the selections of all fields with the same response name. */
class Overlaps {
  readonly #sizes: Sizes;
  #comparisons = 0;

  constructor(sizes: Sizes) {
    this.#sizes = sizes;
  }

  /** @param merged the selection sets of the fields with one response name */
  count(merged: readonly SelectionSetNode[]): void {
    const byName = Map.groupBy(
      [...this.#sizes.parts(merged)].flatMap((part) => this.#sizes.scope(part).fields),
      ({ alias, name }) => (alias ?? name).value,
    );
    let fields = 0;
    for (const same of byName.values()) {
      fields += same.length;
      this.#add((same.length * (same.length - 1)) / 2);
    }
    const parts = this.#sizes.parts(merged).size;
    this.#add(((parts - 1) * fields) / 2);
    for (const same of byName.values()) {
      const below = same.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (below.length > 0) this.count(below);
    }
  }

  #add(comparisons: number): void {
    this.#comparisons += comparisons;
    if (this.#comparisons > COMPARISONS_AT_MOST)
      throw badRequest(
        'The document has too many fields and fragments that overlap in one selection. Select each field once, or split the operation.',
      );
  }
}

const tooDeep = () =>
  badRequest(`Fields are nested deeper than ${DEPTH_AT_MOST}. Split the document into several operations.`);
