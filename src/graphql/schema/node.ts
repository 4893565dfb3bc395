import { builder } from './builder.ts';

/** Relay's interface of all types with an id. Its values have no type of their own; node-by-id.ts adds it. */
export const NodeType = builder.interfaceRef<{ id: string }>('Node').implement({
  description:
    'An object with an id, which the queries `node` and `nodes` can read. It is defined by the GraphQL Global Object Identification Specification (https://relay.dev/graphql/objectidentification.htm).',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The UUID of the object. It is unique among all types.' }),
  }),
});
