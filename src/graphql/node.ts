import { builder } from './builder.ts';

/** Relay's interface of all types with an id. Their values carry no type: node-by-id.ts says which one was found. */
export const NodeType = builder.interfaceRef<{ id: string }>('Node').implement({
  description: 'An object with an id, by which `node` and `nodes` find it again.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'A UUID, unique among all types.' }),
  }),
});
