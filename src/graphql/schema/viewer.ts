import { PERMISSIONS } from '../../identity/permission.ts';
import type { Principal } from '../../identity/principal.ts';
import { builder } from './builder.ts';
import { PermissionType } from './permission-type.ts';

const ViewerType = builder.objectRef<Principal>('Viewer').implement({
  description: 'The principal that sends the operation, and its rights.',
  fields: (t) => ({
    name: t.exposeString('name', {
      description: 'The name of the principal. `anonymous` where the service identifies nobody.',
    }),
    permissions: t.field({
      description: 'The rights of the principal.',
      type: [PermissionType],
      resolve: ({ permissions }) => PERMISSIONS.filter((one) => permissions.has(one)),
    }),
    channels: t.stringList({
      description:
        'The channels whose runs and orders the principal may see and enqueue. null for all channels.',
      nullable: true,
      resolve: ({ channels }) => channels && [...channels].sort(),
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    description: 'The principal that sends the operation, and its rights.',
    type: ViewerType,
    resolve: (_, __, { principal }) => principal,
  }),
);
