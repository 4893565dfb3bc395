import type pg from 'pg';
import { prepared } from '../../postgres/prepared.ts';
import { LISTED_COLUMNS, type RunColumn, runsWith } from '../../runs/model/run-row.ts';
import { type RunScope, scopeSql } from '../../runs/model/run-scope.ts';

/*
 * Reads a product with its attachments and their components, the main read of every storefront and console, in one
 * prepared statement instead of Prisma's. It returns rows of the same shape from the same selection for half of the
 * CPU. Prisma handles the selections that this statement does not support (attachments filtered by channel or
 * trigger, nested pages).
 */

/** A Prisma selection: `true` for a column, an object for a relation. */
type Select = { [field: string]: unknown };

type Model = { from: string; columns: { [field: string]: string }; relations: { [field: string]: Relation } };
type Relation = { model: Model; where: string; order?: string; limit?: number };

const VERSION: Model = {
  from: 'journey_component_versions v',
  columns: {
    id: 'v.id',
    version: 'v.version',
    triggers: 'v.triggers::text[]',
    scriptSlug: 'v.script_slug',
    scriptRuntime: 'v.script_runtime',
    scriptVersion: 'v.script_version',
    scriptMetadata: 'v.script_metadata',
    inputSchema: 'v.input_schema',
    providerDependencies: 'v.provider_dependencies',
    maxAttempts: 'v.max_attempts',
    backoff: 'v.backoff::text',
    initialDelaySeconds: 'v.initial_delay_seconds',
    maxDelaySeconds: 'v.max_delay_seconds',
    timeoutSeconds: 'v.timeout_seconds',
    createdAt: 'v.created_at',
  },
  relations: {},
};

const COMPONENT: Model = {
  from: 'journey_components c',
  columns: {
    id: 'c.id',
    shop: 'c.shop',
    key: 'c.key',
    name: 'c.name',
    description: 'c.description',
    archivedAt: 'c.archived_at',
    createdAt: 'c.created_at',
    updatedAt: 'c.updated_at',
  },
  relations: { currentVersion: { model: VERSION, where: 'v.id = c.current_version_id' } },
};

const ATTACHMENT: Model = {
  from: 'product_journey_components a',
  columns: {
    id: 'a.id',
    displayOrder: 'a.display_order',
    isRequired: 'a.is_required',
    channelEligibility: 'a.channel_eligibility',
    bindings: 'a.bindings',
    metadata: 'a.metadata',
  },
  relations: { component: { model: COMPONENT, where: 'c.id = a.component_id' } },
};

const PRODUCT: Model = {
  from: 'products p',
  columns: {
    id: 'p.id',
    shop: 'p.shop',
    sku: 'p.sku',
    slug: 'p.slug',
    title: 'p.title',
    attributes: 'p.attributes',
    revision: 'p.revision',
    createdAt: 'p.created_at',
    updatedAt: 'p.updated_at',
    updatedBy: 'p.updated_by',
  },
  relations: {
    attachments: {
      model: ATTACHMENT,
      where: 'a.product_id = p.id and a.hidden_at is null',
      order: 'a.display_order, a.id',
    },
  },
};

/** The newest runs of the product, or of each attachment, within the scope, that are read as well; null for none. */
type RecentRuns = { first: number; columns: readonly RunColumn[] } | null;
export type WithRecentRuns = { product: RecentRuns; attachments: RecentRuns; scope: RunScope };

/**
 * The product with these values of key columns, as Prisma's findUnique returns it for `select`; null if there is none; undefined if
 * this statement does not support the selection. Rows have their `recentRuns`, newest first, if these are selected.
 */
export function findProductTree(
  pool: pg.Pool,
  select: Select,
  key: { readonly [column: string]: string },
  recentRuns: WithRecentRuns,
): Promise<object | null> | undefined {
  const tree = planned(PRODUCT, select);
  if (tree === null) return undefined;
  const values: unknown[] = Object.values(key);
  const reads = recentRuns.product !== null || recentRuns.attachments !== null;
  const within = reads ? scopeSql(recentRuns.scope, (value) => `$${values.push(value)}`) : [];
  const ofScope = (where: string) => [where, ...within].join(' and ');
  readRecentRuns(tree, ofScope('r.product_id = p.id'), recentRuns.product);
  const attachments = tree.relations.find(({ name }) => name === 'attachments');
  if (attachments)
    readRecentRuns(attachments.tree, ofScope('r.attachment_id = a.id'), recentRuns.attachments);
  const isOne = Object.keys(key).map((column, index) => `${PRODUCT.columns[column]} = $${index + 1}`);
  const text = `select ${listSql(tree)} from ${PRODUCT.from} where ${isOne.join(' and ')}`;
  return pool
    .query(prepared(text, values))
    .then(({ rows: [row] }) => (row ? unpacked(tree, Object.values(row)) : null));
}

/** Uses the index (parent, id desc), and reads no more than `first` runs per parent. */
function readRecentRuns({ relations }: Tree, where: string, recentRuns: RecentRuns): void {
  if (recentRuns === null) return;
  const { first, columns } = recentRuns;
  const model: Model = { from: runsWith(columns), columns: LISTED_COLUMNS, relations: {} };
  const relation: Relation = { model, where, order: 'r.id desc', limit: first };
  const tree = { model, columns: [...columns], relations: [] };
  relations.push({ name: 'recentRuns', relation, tree });
}

/** A selection as the statement reads it: columns first, then relations. */
type Tree = {
  model: Model;
  columns: string[];
  relations: { name: string; relation: Relation; tree: Tree }[];
};

function planned(model: Model, select: Select): Tree | null {
  const tree: Tree = { model, columns: [], relations: [] };
  for (const [name, selected] of Object.entries(select)) {
    if (!selected) continue;
    const relation = model.relations[name];
    if (model.columns[name] !== undefined) tree.columns.push(name);
    else if (relation === undefined) return null;
    else {
      const { select: nested, where, orderBy: _, ...others } = selected as Select;
      const isPlain = nested !== undefined && Object.keys(others).length === 0 && isDefault(where);
      const below = isPlain ? planned(relation.model, nested as Select) : null;
      if (below === null) return null;
      tree.relations.push({ name, relation, tree: below });
    }
  }
  return tree;
}

/** Whether a relation's condition is the default one, which the statement has: only rows that are not hidden. */
const isDefault = (where: unknown) =>
  where === undefined || Object.keys(where as object).every((field) => field === 'hiddenAt');

function listSql({ model, columns, relations }: Tree): string {
  const values = columns.map((name) => model.columns[name]!);
  const nested = relations.map(({ relation, tree }) => `(${nestedSql(relation, tree)})`);
  return [...values, ...nested].map((sql, place) => `${sql} as "${place}"`).join(', ');
}

/**
 * Returns rows column by column: lists of values cost PostgreSQL and the JSON parser half of what one object per
 * row would.
 */
function nestedSql({ model, where, order, limit }: Relation, tree: Tree): string {
  const width = tree.columns.length + tree.relations.length;
  const packed = (each: string) =>
    `select array_to_json(array[${Array.from({ length: width }, (_, place) => `${each}(n."${place}")`)}])`;
  const rows = `select ${listSql(tree)} from ${model.from} where ${where}`;
  return order === undefined
    ? `${packed('to_json')} from (${rows}) n`
    : // The limit is literal text: for a parameter, the planner would expect a tenth of the rows.
      `${packed('json_agg')} from (${rows} order by ${order} ${limit === undefined ? '' : `limit ${limit}`}) n`;
}

/** The row with its nested rows as objects; `values` are in the order of the select list. */
function unpacked({ columns, relations }: Tree, values: unknown[]): object {
  const row: { [field: string]: unknown } = {};
  columns.forEach((name, place) => {
    row[name] = values[place];
  });
  relations.forEach(({ name, relation, tree }, index) => {
    row[name] = unpackedRelation(relation, tree, values[columns.length + index]);
  });
  return row;
}

function unpackedRelation({ order }: Relation, tree: Tree, packed: unknown): unknown {
  if (packed === null) return null;
  if (order === undefined) return unpacked(tree, packed as unknown[]);
  const lists = packed as (unknown[] | null)[];
  // Without rows, null stands in place of each list.
  return (lists[0] ?? []).map((_, index) =>
    unpacked(
      tree,
      lists.map((list) => list![index]),
    ),
  );
}
