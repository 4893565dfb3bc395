import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from './schema.ts';

/** The API as schema.graphql contains it. It is sorted, so that moving code does not change that file. */
export const printApi = (): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
