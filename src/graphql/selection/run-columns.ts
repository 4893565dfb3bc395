import { collectSubFields } from '@graphql-tools/utils';
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getArgumentValues,
  getNamedType,
} from 'graphql';
import { LISTED_COLUMNS, type RunColumn } from '../../runs/model/run-row.ts';
import { PAGE_AT_MOST } from './page.ts';

/**
 * The columns of runs that an operation needs beneath a field of type Run, a list of runs, or a connection of them; the id
 * among them. A field of Run says in `extensions.columns` which it reads; an exposed one reads its own; any other reads all.
 */
export function selectedRunColumns(info: GraphQLResolveInfo): RunColumn[] {
  const returned = getNamedType(info.returnType) as GraphQLObjectType;
  const run = info.schema.getType('Run') as GraphQLObjectType;
  const isPage = returned.name === 'RunConnection';
  return columnsBeneath(
    info,
    isPage ? nodesOf(info, returned) : [{ type: run, fieldNodes: info.fieldNodes }],
  );
}

/** What an operation selects of the recent runs of a product or an attachment: how many, and which of their columns. */
export type RecentRuns = { first: number; columns: RunColumn[] };

/**
 * The recent runs that are selected beneath fields of a product or an attachment; null where there are none, or where two
 * aliases select different numbers of them.
 */
export function selectedRecentRuns(
  info: GraphQLResolveInfo,
  type: GraphQLObjectType,
  fieldNodes: readonly FieldNode[],
): RecentRuns | null {
  const field = type.getFields().recentRuns!;
  const nodes = fieldsBeneath(info, type, fieldNodes).filter(({ name }) => name.value === field.name);
  const sizes = new Set(nodes.map((node) => getArgumentValues(field, node, info.variableValues).first));
  const [first] = sizes;
  if (sizes.size !== 1 || typeof first !== 'number' || first < 1 || first > PAGE_AT_MOST) return null;
  const run = getNamedType(field.type) as GraphQLObjectType;
  return { first, columns: columnsBeneath(info, [{ type: run, fieldNodes: nodes }]) };
}

function columnsBeneath(info: GraphQLResolveInfo, selected: Selected[]): RunColumn[] {
  const columns = new Set<string>(['id']);
  for (const { type, fieldNodes } of selected)
    for (const node of fieldsBeneath(info, type, fieldNodes))
      for (const column of columnsOf(type.getFields()[node.name.value])) columns.add(column);
  return ALL.filter((column) => columns.has(column));
}

const ALL = Object.keys(LISTED_COLUMNS) as RunColumn[];

type Selected = { type: GraphQLObjectType; fieldNodes: readonly FieldNode[] };

/** Where the nodes of a connection are selected: as `nodes`, and as `edges { node }`. */
function nodesOf(info: GraphQLResolveInfo, connection: GraphQLObjectType): Selected[] {
  const at = (selected: Selected, name: string): Selected => ({
    type: getNamedType(selected.type.getFields()[name]!.type) as GraphQLObjectType,
    fieldNodes: fieldsBeneath(info, selected.type, selected.fieldNodes).filter(
      (node) => node.name.value === name,
    ),
  });
  const page = { type: connection, fieldNodes: info.fieldNodes };
  return [at(page, 'nodes'), at(at(page, 'edges'), 'node')];
}

/** The fields selected beneath these nodes, fragments and directives followed as the executor follows them. */
export function fieldsBeneath(
  info: GraphQLResolveInfo,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): FieldNode[] {
  const { schema, fragments, variableValues } = info;
  const { fields } = collectSubFields(schema, fragments, variableValues as never, type, nodes as FieldNode[]);
  return [...fields.values()].flat();
}

function columnsOf(field: GraphQLField<unknown, unknown> | undefined): readonly string[] {
  if (field === undefined) return []; // __typename
  const { columns, pothosExposedField } = field.extensions as {
    columns?: string[];
    pothosExposedField?: string;
  };
  return columns ?? (pothosExposedField === undefined ? ALL : [pothosExposedField]);
}
