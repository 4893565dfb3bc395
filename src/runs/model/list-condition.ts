import { knowableMembers, LISTS, type ListField, NAMED_BY } from './run-filter.ts';

/** Adds a parameter to a statement, and returns its name in the SQL. */
export type Bind = (value: unknown) => string;
/** A condition on the column that it is given. */
export type Condition = (column: string) => string;

/** A single member is compared with `=`, so that an index on (column, id desc) serves newest-first order as well. */
export function listCondition(field: ListField, values: readonly string[], bind: Bind): Condition {
  const members = knowableMembers(field, values);
  if (members.length === 0) return () => 'false';
  const { type } = LISTS[field];
  const named = NAMED_BY[field];
  const operand = members.length === 1 && !named ? bind(members[0]) : bind(members);
  if (named) return (column) => `${column} in (${named} = any(${operand}::text[]))`;
  return members.length === 1
    ? (column) => `${column} = ${operand}::${type}`
    : (column) => `${column} = any(${operand}::${type}[])`;
}

/** A condition on a moment; none without a moment. `sql` ends with the comparison. */
export const momentSql = (sql: string, moment: Date | null | undefined, bind: Bind): string[] =>
  moment ? [`${sql} ${bind(moment)}::timestamptz`] : [];
