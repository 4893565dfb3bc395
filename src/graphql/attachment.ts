import { z } from 'zod';
import type { Attachment } from '../db/generated/prisma/client.ts';
import { maskBindings } from '../model/secrets.ts';
import { BindingInput, BindingType } from './binding.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import { NodeType } from './node.ts';
import { prismaList } from './prisma-list.ts';

export const AttachmentType = builder.prismaObject('Attachment', {
  description: 'A component placed on a product.',
  interfaces: [NodeType],
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    displayOrder: t.exposeInt('displayOrder'),
    isRequired: t.exposeBoolean('isRequired', {
      description: 'For those who read it; it does not change what is enqueued.',
    }),
    channelEligibility: t.exposeStringList('channelEligibility', {
      description: 'Empty: every channel. `admin_preview` is always eligible.',
    }),
    bindings: t.field({
      type: [BindingType],
      select: { bindings: true },
      resolve: ({ bindings }) => maskBindings(bindings),
    }),
    metadata: t.expose('metadata', { type: 'JSONObject' }),
  }),
});

export const AttachmentConnection = connectionType('Attachment', AttachmentType, { counted: true });

export const ATTACHMENT_LIST = prismaList<Attachment>(
  'attachments',
  { displayOrder: z.int32(), id: z.uuid() },
  'asc',
);

/** The attachments that their product still has; it hides the others, to which runs may point. */
export const SHOWN = { hiddenAt: null };

export const AttachmentInput = builder.inputType('AttachmentInput', {
  fields: (t) => ({
    id: t.id({ description: 'Keeps that attachment, and of it what the other fields leave out.' }),
    componentId: t.id({ required: true }),
    displayOrder: t.int({
      description: 'Unless given, the place in the list, from 0, for a stored attachment as well.',
    }),
    isRequired: t.boolean(),
    channelEligibility: t.stringList(),
    bindings: t.field({ type: [BindingInput] }),
    metadata: t.field({ type: 'JSONObject' }),
  }),
});
