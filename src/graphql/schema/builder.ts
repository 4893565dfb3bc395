import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import type { Json, JsonObject } from '../../json/json.ts';
import type PrismaTypes from '../../postgres/generated/pothos.ts';
import { getDatamodel } from '../../postgres/generated/pothos.ts';
import type { Context } from '../context.ts';

/**
 * The schema builder, with the types of scalars and Prisma models. The GraphQL types are defined in the other files
 * of this folder.
 */
export const builder = new SchemaBuilder<{
  Context: Context;
  PrismaTypes: PrismaTypes;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: Json; Output: unknown };
    JSONObject: { Input: JsonObject; Output: unknown };
  };
}>({
  plugins: [PrismaPlugin],
  defaultFieldNullability: false,
  prisma: { client: ({ db }) => db.prisma, dmmf: getDatamodel() },
});
