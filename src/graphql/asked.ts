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
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { ColumnOf, NestedRows, Selection, Table } from '../db/table.ts';

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
 * What the rows of a field need for what is asked of them, and the columns `always` besides: each field says itself what it
 * reads, and nothing else of a row is fetched. The rows are those of the field's type or, of a connection, its nodes.
 */
export function asked<Row>(
  info: GraphQLResolveInfo,
  table: Table<Row>,
  ...always: ColumnOf<Row>[]
): Asked<Row> {
  const type = getNamedType(info.returnType) as GraphQLObjectType;
  const nodes = type.getFields().nodes;
  const rowType = nodes ? (getNamedType(nodes.type) as GraphQLObjectType) : type;
  return selectionOf(info, table, rowType, fieldsOf(info, rowType, type, info.fieldNodes), always);
}

/** What was read with this row for a field that nests it; `args` are the field's own. */
export function nestedIn<Rows>(row: object, args: object, { fieldName }: GraphQLResolveInfo): Rows {
  return (row as Record<string, unknown>)[nestedName(fieldName, args)] as Rows;
}

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
      const args = getArgumentValues(field, node, variablesOf(info));
      const name = nestedName(field.name, args);
      const known = nestings.get(name) ?? { field, rows: nests(args), nodes: [] };
      known.nodes.push(node);
      nestings.set(name, known);
    } else for (const column of reads) columns.add(column);
  }
  const names = (Object.keys(table.columns) as ColumnOf<Row>[]).filter((column) => columns.has(column));
  const nested = [...nestings].map(([name, { field, rows, nodes }]) => {
    const below = getNamedType(field.type) as GraphQLObjectType;
    const fields = fieldsOf(info, below, below, nodes);
    return { name, rows, selection: selectionOf<object>(info, rows.table, below, fields, ['id']) };
  });
  const keys = nested.map(({ name, selection }) => `${name}${selection.key}`);
  return { columns: names, nested, key: `${names}{${keys}}` };
}

type Field = GraphQLField<unknown, unknown>;

/** The fields that are asked of a row type within selections on `type`. */
function fieldsOf(
  info: GraphQLResolveInfo,
  rowType: GraphQLObjectType,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): FieldNode[] {
  const fields: FieldNode[] = [];
  for (const { selectionSet } of nodes) if (selectionSet) gather(selectionSet, type);
  return fields;

  function gather(set: SelectionSetNode, parent: GraphQLObjectType): void {
    for (const node of set.selections) {
      if (isLeftOut(info, node)) continue;
      if (node.kind === Kind.INLINE_FRAGMENT) gather(node.selectionSet, parent);
      else if (node.kind === Kind.FRAGMENT_SPREAD)
        gather(info.fragments[node.name.value]!.selectionSet, parent);
      else if (parent === rowType) fields.push(node);
      else if (node.selectionSet) {
        const below = getNamedType(parent.getFields()[node.name.value]?.type);
        if (isObjectType(below)) gather(node.selectionSet, below);
      }
    }
  }
}

function isLeftOut(info: GraphQLResolveInfo, node: SelectionSetNode['selections'][number]): boolean {
  if (node.directives === undefined || node.directives.length === 0) return false;
  const variables = variablesOf(info);
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false
  );
}

/** graphql-jit gives the values alone, where graphql-js says, too, where each comes from. */
const variablesOf = ({ variableValues }: GraphQLResolveInfo): VariableValues => ({
  sources: {},
  coerced: variableValues as unknown as VariableValues['coerced'],
});

type VariableValues = GraphQLResolveInfo['variableValues'];

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

/** The same for all that ask for the same rows, whatever their alias. */
function nestedName(field: string, args: object): string {
  const name = `${field}${JSON.stringify(args)}`;
  return NAME.test(name) ? name : `${field}${createHash('sha256').update(name).digest('base64url')}`;
}

/** What PostgreSQL takes for a name as it is. Columns' names have no brackets. */
const NAME = /^[ -~]{1,63}$/;
