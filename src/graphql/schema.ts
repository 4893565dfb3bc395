import './scalars.ts';
import './component.ts';
import './product.ts';
import { builder } from './builder.ts';

builder.queryType({});
builder.mutationType({});

export const schema = builder.toSchema();
