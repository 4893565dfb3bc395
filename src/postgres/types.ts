import pg from 'pg';
import { parseStoredJson } from '../json/parse.ts';
import { readMoment } from './moment.ts';

const { builtins } = pg.types;

/**
 * How connections, which use UTC (database.ts), parse PostgreSQL's values: as pg does, except for moments, of which
 * lists have many, and for JSON, whose numbers keep all their digits.
 */
export const TYPES: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (format === 'binary') return pg.types.getTypeParser(oid, format);
    if (oid === builtins.TIMESTAMPTZ) return readMoment;
    return oid === builtins.JSON || oid === builtins.JSONB
      ? parseStoredJson
      : pg.types.getTypeParser(oid, format);
  },
};
