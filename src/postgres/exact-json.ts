import { ColumnTypeEnum, type SqlDriverAdapter, type SqlQuery } from '@prisma/driver-adapter-utils';
import { markedText, newMark, unmarked } from '../json/marked-text.ts';
import { storedRawText } from '../json/parse.ts';
import { scanJson } from '../json/scan.ts';
import type { PrismaClient } from './generated/prisma/client.ts';

/**
 * Prisma's client parses JSON with JSON.parse, which rounds numbers. The adapter therefore marks the numbers that
 * would be rounded, and the client's results get the exact numbers back.
 */
const MARK = newMark();
let hasMarked = false;

/** Marks inexact numbers in the JSON columns that the adapter reads. */
export function markJson<Adapter extends SqlDriverAdapter>(adapter: Adapter): Adapter {
  const queryRaw = adapter.queryRaw.bind(adapter);
  adapter.queryRaw = async (query: SqlQuery) => {
    const result = await queryRaw(query);
    for (const [column, type] of result.columnTypes.entries()) {
      if (type !== ColumnTypeEnum.Json) continue;
      for (const row of result.rows) if (typeof row[column] === 'string') row[column] = marked(row[column]);
    }
    return result;
  };
  return adapter;
}

function marked(text: string): string {
  const { special } = scanJson(text);
  if (special.length === 0) return text;
  hasMarked = true;
  return markedText(text, special, MARK, storedRawText);
}

/** Wraps the client so that JSON in its results has exact numbers. */
export const unmarkJson = (client: PrismaClient): PrismaClient =>
  client.$extends({
    query: {
      $allOperations: async ({ args, query }) => {
        const result = await query(args);
        return hasMarked ? unmarked(result, MARK) : result;
      },
    },
  }) as unknown as PrismaClient;
