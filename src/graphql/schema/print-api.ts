import { lexicographicSortSchema, printSchema } from 'graphql';
import { schema } from './schema.ts';

/** The API as schema.graphql holds it, in an order of its own, so that moving code changes nothing there. */
export const printApi = (): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
