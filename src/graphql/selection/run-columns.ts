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
 * The columns of runs that an operation needs below a field of type Run, a list of runs, or a connection of runs;
 * always includes the id. A field of Run lists the columns it reads in `extensions.columns`; an exposed field reads
 * its own column; any other field reads all columns.
 */
export function selectedRunColumns(info: GraphQLResolveInfo): RunColumn[] {
  const known = columnsByNodes.get(info.fieldNodes);
  if (known) return known;
  const columns = runColumnsOf(info);
  columnsByNodes.set(info.fieldNodes, columns);
  return columns;
}

/** The columns by the nodes of the field, which the items of a list share within one operation. */
const columnsByNodes = new WeakMap<readonly FieldNode[], RunColumn[]>();

function runColumnsOf(info: GraphQLResolveInfo): RunColumn[] {
  const returned = getNamedType(info.returnType) as GraphQLObjectType;
  const run = info.schema.getType('Run') as GraphQLObjectType;
  const isPage = returned.name === 'RunConnection';
  return columnsBeneath(
    info,
    isPage ? nodesOf(info, returned) : [{ type: run, fieldNodes: info.fieldNodes }],
  );
}

/** The recent runs that an operation selects of a product or an attachment: their number and their columns. */
export type RecentRuns = { first: number; columns: RunColumn[] };

/**
 * The recent runs that are selected below fields of a product or an attachment; null if there are none, or if two
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

/** The selections of a connection's nodes: `nodes`, and `edges { node }`. */
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

/** The fields selected below these nodes. Fragments and directives are evaluated as the executor does. */
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
