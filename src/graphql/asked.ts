import { createHash } from 'node:crypto';
import type {
  FieldNullability,
  InputFieldMap,
  InputShapeFromFields,
  SchemaTypes,
  TypeParam,
} from '@pothos/core';
import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { ColumnOf, NestedRows, Selection, Table } from '../db/table.ts';
import { isJsonObject } from '../json/json.ts';

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
      /** The columns of the parent's row that `resolve` looks at; an exposed field reads its own. Unless given, all. */
      reads?: readonly (keyof ParentShape & string)[];
      /** The field's rows are read with the parent's, by one statement, and `resolve` finds them there by nestedIn. */
      nests?: (args: InputShapeFromFields<Args>) => NestedRows;
    }
  }
}

/** A selection, and a text that is the same for selections that are. */
export type Asked<Row> = Selection<Row> & { key: string };

/**
 * The columns and nested rows that the selection of a field needs, and the columns `always` besides: each field declares
 * what it reads, and nothing else of a row is fetched. The rows are those of the field's type or, of a connection, its
 * nodes.
 */
export function asked<Row>(
  info: GraphQLResolveInfo,
  table: Table<Row>,
  ...always: ColumnOf<Row>[]
): Asked<Row> {
  const type = getNamedType(info.returnType) as GraphQLObjectType;
  const nodes = type.getFields().nodes;
  const rowType = nodes ? (getNamedType(nodes.type) as GraphQLObjectType) : type;
  return once(info, `${table.from} ${always}`, () =>
    selectionOf(info, table, rowType, fieldsOf(info, rowType, type, info.fieldNodes), always),
  );
}

/** As asked, for a field of an interface: what its selection needs of the rows of one type. */
export function askedOfType<Row>(
  info: GraphQLResolveInfo,
  typeName: string,
  table: Table<Row>,
  ...always: ColumnOf<Row>[]
): Asked<Row> {
  const type = info.schema.getType(typeName) as GraphQLObjectType;
  return once(info, `${table.from} ${always}`, () =>
    selectionOf(info, table, type, fieldsOf(info, type, type, info.fieldNodes), always),
  );
}

/** What was read with this row for a field that nests it; `args` are the field's own. */
export function nestedIn<Rows>(row: object, args: object, info: GraphQLResolveInfo): Rows {
  const name = once(info, 'nested', () => nestedName(info.fieldName, args));
  return (row as Record<string, unknown>)[name] as Rows;
}

/**
 * Made once for all rows that a field of an operation is resolved for: the executor has one list of nodes for them, and
 * what they say differs from one row to the next as little as their variables do.
 */
function once<T>({ fieldNodes }: GraphQLResolveInfo, name: string, make: () => T): T {
  const known = madeFor.get(fieldNodes) ?? new Map<string, unknown>();
  madeFor.set(fieldNodes, known);
  if (!known.has(name)) known.set(name, make());
  return known.get(name) as T;
}

const madeFor = new WeakMap<readonly FieldNode[], Map<string, unknown>>();

function selectionOf<Row>(
  info: GraphQLResolveInfo,
  table: Table<Row>,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
  always: readonly string[],
): Asked<Row> {
  const columns = new Set<string>(always);
  const nestings = new Map<string, { field: Field; rows: NestedRows; nodes: FieldNode[] }>();
  for (const node of nodes) {
    const field = type.getFields()[node.name.value];
    if (!field) continue;
    const { reads = Object.keys(table.columns), nests } = optionsOf(field);
    if (nests) {
      const args = getArgumentValues(field, node, info.variableValues);
      const name = nestedName(field.name, args);
      const known = nestings.get(name) ?? { field, rows: nests(args), nodes: [] };
      known.nodes.push(node);
      nestings.set(name, known);
    } else for (const column of reads) columns.add(column);
  }
  const all = Object.keys(table.columns) as ColumnOf<Row>[];
  const names = all.filter((column) => columns.has(column));
  // Where nothing of a row is selected but its type, that it is there must be read all the same.
  if (names.length === 0) names.push(all[0]!);
  const nested = [...nestings].map(([name, { field, rows, nodes }]) => {
    const below = getNamedType(field.type) as GraphQLObjectType;
    const fields = fieldsOf(info, below, below, nodes);
    return { name, rows, selection: selectionOf<object>(info, rows.table, below, fields, ['id']) };
  });
  const keys = nested.map(({ name, selection }) => `${name}${selection.key}`);
  return { columns: names, nested, key: short(`${names}{${keys}}`) };
}

type Field = GraphQLField<unknown, unknown>;
type Fragment = InlineFragmentNode | FragmentDefinitionNode;

/** The fields that are selected of a row type within selections on `type`, which has it or leads to it. */
function fieldsOf(
  info: GraphQLResolveInfo,
  rowType: GraphQLObjectType,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): FieldNode[] {
  const fields: FieldNode[] = [];
  gatherAll(nodes, type);
  return fields;

  function gatherAll(nodes: readonly FieldNode[], parent: GraphQLObjectType): void {
    const spread = new Set<string>();
    const below = new Map<GraphQLObjectType, FieldNode[]>();
    for (const { selectionSet } of nodes) if (selectionSet) gather(selectionSet, parent, spread, below);
    for (const [type, nodes] of below) gatherAll(nodes, type);
  }

  function applies({ typeCondition }: Fragment, parent: GraphQLObjectType): boolean {
    const type = typeCondition ? info.schema.getType(typeCondition.name.value) : parent;
    return type === parent || (isAbstractType(type) && info.schema.isSubType(type, parent));
  }

  function gather(
    set: SelectionSetNode,
    parent: GraphQLObjectType,
    spread: Set<string>,
    below: Map<GraphQLObjectType, FieldNode[]>,
  ): void {
    for (const node of set.selections) {
      if (isLeftOut(info, node)) continue;
      if (node.kind === Kind.INLINE_FRAGMENT) {
        if (applies(node, parent)) gather(node.selectionSet, parent, spread, below);
      } else if (node.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = info.fragments[node.name.value]!;
        if (spread.has(node.name.value) || !applies(fragment, parent)) continue;
        spread.add(node.name.value);
        gather(fragment.selectionSet, parent, spread, below);
      } else if (parent === rowType) fields.push(node);
      else if (node.selectionSet) {
        const type = getNamedType(parent.getFields()[node.name.value]?.type);
        if (isObjectType(type)) below.set(type, [...(below.get(type) ?? []), node]);
      }
    }
  }
}

function isLeftOut(info: GraphQLResolveInfo, node: SelectionSetNode['selections'][number]): boolean {
  if (node.directives === undefined || node.directives.length === 0) return false;
  const variables = info.variableValues;
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false
  );
}

type Options = { reads?: readonly string[]; nests?: (args: object) => NestedRows };

/** `reads` is undefined where the field does not say. */
function optionsOf({ extensions }: Field): Options {
  const { pothosOptions, pothosExposedField } = extensions as {
    pothosOptions?: Options;
    pothosExposedField?: string;
  };
  const exposed = pothosExposedField === undefined ? undefined : [pothosExposedField];
  return { reads: pothosOptions?.reads ?? exposed, nests: pothosOptions?.nests };
}

/** The same for fields that nest the same rows, whatever their alias and the order of their arguments. */
function nestedName(field: string, args: object): string {
  const name = `${field}${JSON.stringify(args, inOrder)}`;
  return NAME.test(name) ? name : `${field}${hash(name)}`;
}

const inOrder = (_key: string, value: unknown) =>
  isJsonObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** What PostgreSQL takes for a name as it is. Columns' names have no brackets. */
const NAME = /^[ -~]{1,63}$/;

const short = (key: string) => (key.length > 200 ? hash(key) : key);
const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
