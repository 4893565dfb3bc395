import SchemaBuilder from '@pothos/core';
import PrismaPlugin from '@pothos/plugin-prisma';
import { getDatamodel, type default as PrismaTypes } from '../db/generated/pothos-types.ts';
import type { Json, JsonObject } from '../json/json.ts';
import type { Context } from './context.ts';

/** Holds the API's plugins and scalars' types; the types themselves are defined in the files beside it. */
export const builder = new SchemaBuilder<{
  PrismaTypes: PrismaTypes;
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: Json; Output: Json };
    JSONObject: { Input: JsonObject; Output: JsonObject };
  };
}>({
  plugins: [PrismaPlugin],
  defaultFieldNullability: false,
  prisma: {
    client: ({ db }) => db.prisma,
    dmmf: getDatamodel(),
    exposeDescriptions: false,
  },
});
