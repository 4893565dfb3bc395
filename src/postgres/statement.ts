import type pg from 'pg';
import type * as Enums from './generated/prisma/enums.ts';
import type { Queryable } from './transaction.ts';

/** The JavaScript type of each PostgreSQL type. */
type Values = {
  bool: boolean;
  bytea: Buffer;
  float8: number;
  int4: number;
  /** Read as text: a 64-bit integer may exceed the exact range of a JavaScript number. */
  int8: string;
  text: string;
  'text[]': string[];
  timestamptz: Date;
  uuid: string;
  xid8: string;
  journey_bulk_item_status: Enums.BulkItemStatus;
  journey_bulk_operation_kind: Enums.BulkOperationKind;
  journey_bulk_operation_status: Enums.BulkOperationStatus;
  journey_run_event_type: Enums.RunEventType;
  journey_run_priority: Enums.RunPriority;
  journey_run_status: Enums.RunStatus;
  journey_shop_move_state: Enums.ShopMoveState;
  journey_trigger: Enums.Trigger;
};

declare const content: unique symbol;
type JsonColumn<Content> = 'json' & { [content]: Content };

/**
 * A json or jsonb column. PostgreSQL does not describe its content; `Content` includes null if the column may be
 * null.
 */
export const json = <Content>() => 'json' as JsonColumn<Content>;

/**
 * The PostgreSQL type of each column of a result, by the column's name. A question mark marks columns that may be
 * null.
 */
export type RowColumns = Readonly<Record<string, keyof Values | `${keyof Values}?` | JsonColumn<unknown>>>;

/** The type of a row with these columns. */
export type RowOf<Columns extends RowColumns> = {
  -readonly [name in keyof Columns]: ValueOf<Columns[name]>;
};

type ValueOf<Column> =
  Column extends JsonColumn<infer Content>
    ? Content
    : Column extends `${infer Type extends keyof Values}?`
      ? Values[Type] | null
      : Column extends keyof Values
        ? Values[Column]
        : never;

/** A statement whose rows have the declared columns. `Row` is inferred from them, or is a narrower type. */
export type Statement<Row> = {
  name?: string;
  text: string;
  /** The values of a statement whose text was generated for them. */
  values?: unknown[];
  columns: RowColumns;
  readonly row?: Row;
};

/** All statements with a constant text. A test compares the columns of each with what PostgreSQL describes. */
export const statements: Statement<unknown>[] = [];

/** Declares a statement with a constant text; with a name, each connection prepares it once. */
export function statement<const Columns extends RowColumns>(declared: {
  name?: string;
  text: string;
  columns: Columns;
}): Statement<RowOf<Columns>> {
  statements.push(declared);
  return declared;
}

/** Some of the columns, for a select list with these names. */
export function pick<Columns extends RowColumns, Name extends keyof Columns & string>(
  columns: Columns,
  names: readonly Name[],
): Pick<Columns, Name> {
  return Object.fromEntries(names.map((name) => [name, columns[name]])) as Pick<Columns, Name>;
}

/** Executes a statement and returns its rows. */
export async function rowsOf<Row>(
  client: Queryable,
  { name, text, values: own = [] }: Statement<Row>,
  values: unknown[] = own,
  options: { query_timeout?: number } = {},
): Promise<Row[]> {
  const query = { ...options, name, text, values } as pg.QueryConfig;
  return (await client.query(query)).rows as Row[];
}
