export type Settings = Record<string, string>;

/**
 * The settings that the service's statements require, over those of the role and the database. docs/database.md has
 * the reasons, and the settings that are rejected or left unchanged instead.
 */
export const REQUIRED: Settings = {
  TimeZone: 'UTC',
  DateStyle: 'ISO, MDY',
  IntervalStyle: 'postgres',
  bytea_output: 'hex',
  extra_float_digits: '1',
  standard_conforming_strings: 'on',
  array_nulls: 'on',
  transform_null_equals: 'off',
  quote_all_identifiers: 'off',
  default_transaction_isolation: 'read committed',
  default_transaction_deferrable: 'off',
  row_security: 'on',
  gin_fuzzy_search_limit: '0',
  exit_on_error: 'off',
  idle_session_timeout: '0',
};

/** The planner estimates a high cost for nested rows, but compiling their statements costs more than it saves. */
export const FASTER: Settings = { jit: 'off' };

/**
 * Limits how long a write can delay the end of the event feed. A transaction that may wait longer for a row than
 * `lock_timeout` sets its own limit locally.
 */
export const LIMITS: Settings = {
  statement_timeout: '10s',
  lock_timeout: '500ms',
  idle_in_transaction_session_timeout: '5s',
};

/** No limits, for migrations, which may take as long as they need. */
export const NO_LIMITS: Settings = {
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
};

/**
 * For connections whose statements read only indexed rows, at any table size. The planner then uses indexes
 * regardless of statistics, which a growing queue makes outdated.
 */
export const PLANNED_BY_INDEX: Settings = {
  plan_cache_mode: 'force_generic_plan',
  enable_indexscan: 'on',
  enable_indexonlyscan: 'on',
  enable_nestloop: 'on',
  enable_sort: 'on',
  enable_seqscan: 'off',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  enable_bitmapscan: 'off',
  enable_material: 'off',
};

/** Formats the settings as the `options` of a connection. */
export const asOptions = (settings: Settings): string =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replace(/[\\\s]/g, '\\$&')}`)
    .join(' ');

/** Parses a connection's `options` to settings, for connections that are opened without `options`. */
export function fromOptions(options: string): Settings {
  const words = options.match(/(?:\\[\s\S]|[^\s\\])+/g) ?? [];
  const settings: Settings = {};
  for (const [index, word] of words.entries()) {
    const [, assigned] = /^(?:-c|--)(.+)$/.exec(words[index - 1] === '-c' ? `-c${word}` : word) ?? [];
    const [, name, value] = /^([^=]+)=([\s\S]*)$/.exec(assigned ?? '') ?? [];
    if (name) settings[name.replaceAll('-', '_')] = value!.replace(/\\([\s\S])/g, '$1');
  }
  return settings;
}

/** `begin`, with settings that end with the transaction. */
export const beginWith = (settings: Settings): string =>
  [
    'begin',
    ...Object.entries(settings).map(
      ([name, value]) => `set local ${name} = '${value.replaceAll("'", "''")}'`,
    ),
  ].join('; ');
