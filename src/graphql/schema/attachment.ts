import { z } from 'zod';
import type { Attachment } from '../../postgres/generated/prisma/client.ts';
import { maskBindings } from '../../script-request/masking/secrets.ts';
import { prismaList } from '../selection/prisma-list.ts';
import { BindingInput, BindingType } from './binding.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import { NodeType } from './node.ts';

export const AttachmentType = builder.prismaObject('Attachment', {
  description:
    'A component on a product, with the bindings that fill the inputs of its script. The script request calls it `productComponent`.',
  interfaces: [NodeType],
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id', { description: 'The UUID of the attachment.' }),
    displayOrder: t.exposeInt('displayOrder', {
      description:
        'The position of the attachment on its product. Attachments are sorted by it in ascending order, and then by id.',
    }),
    isRequired: t.exposeBoolean('isRequired', {
      description: 'A flag for clients to read. The service stores it and does not act on it.',
    }),
    channelEligibility: t.exposeStringList('channelEligibility', {
      description:
        'The channels in which the attachment runs. An empty list means every channel. The channel `admin_preview` is always eligible.',
    }),
    bindings: t.field({
      description: 'The bindings of the attachment. The values of secret bindings are null.',
      type: [BindingType],
      select: { bindings: true },
      resolve: ({ bindings }) => maskBindings(bindings),
    }),
    metadata: t.expose('metadata', {
      description:
        'JSON that the client stored with the attachment. Scripts read it as productComponent.metadata.',
      type: 'JSONObject',
    }),
  }),
});

export const AttachmentConnection = connectionType('Attachment', AttachmentType, { counted: true });

export const ATTACHMENT_LIST = prismaList<Attachment>(
  'attachments',
  { displayOrder: z.int32(), id: z.uuid() },
  'asc',
);

/**
 * Matches the attachments that are still part of their product. Removed ones stay stored, since runs may reference
 * them.
 */
export const SHOWN = { hiddenAt: null };

export const AttachmentInput = builder.inputType('AttachmentInput', {
  description:
    'An item of the list of attachments in saveProduct. An item with an `id` updates that attachment; an item without one creates an attachment.',
  fields: (t) => ({
    id: t.id({
      description:
        'Updates this attachment. Fields you omit keep their stored values, except displayOrder. Omit `id` to create an attachment.',
    }),
    componentId: t.id({ description: 'The id of the component to attach.', required: true }),
    displayOrder: t.int({
      description:
        'The position of the attachment, from 0 to 1,000,000. Defaults to the position of the item in the list, counted from 0.',
    }),
    isRequired: t.boolean({
      description:
        'A flag for clients to read; the service does not act on it. Defaults to false for a new attachment.',
    }),
    channelEligibility: t.stringList({
      description:
        'The channels in which the attachment runs: at most 100, of at most 128 characters each. An empty list, the default for a new attachment, means every channel.',
    }),
    bindings: t.field({
      description:
        'The bindings that fill the inputs of the script: at most 100, and at most 256 KiB of JSON. The list replaces the stored one. Defaults to no bindings for a new attachment.',
      type: [BindingInput],
    }),
    metadata: t.field({
      description: 'JSON to store with the attachment, at most 256 KiB. Defaults to {} for a new attachment.',
      type: 'JSONObject',
    }),
  }),
});
