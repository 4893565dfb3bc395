import SchemaBuilder from '@pothos/core';
import type { Json, JsonObject } from '../json/json.ts';
import type { Context } from './context.ts';

/** Holds the scalars' types; the types themselves are defined in the files beside it. */
export const builder = new SchemaBuilder<{
  Context: Context;
  DefaultFieldNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
    JSON: { Input: Json; Output: Json };
    JSONObject: { Input: JsonObject; Output: JsonObject };
  };
}>({
  defaultFieldNullability: false,
});
