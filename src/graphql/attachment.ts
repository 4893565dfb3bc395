import { z } from 'zod';
import type { Binding } from '../bindings/binding.ts';
import type { JsonObject } from '../json/json.ts';
import { maskBindings } from '../model/secrets.ts';
import { BindingInput, BindingType } from './binding.ts';
import { builder } from './builder.ts';
import { connectionType } from './connection.ts';
import { keysetCursor } from './cursor.ts';
import type { NestedList } from './nested-page.ts';

export const AttachmentType = builder.prismaObject('Attachment', {
  description: 'A component placed on a product.',
  select: { id: true },
  fields: (t) => ({
    id: t.exposeID('id'),
    product: t.relation('product'),
    component: t.relation('component'),
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
      resolve: ({ bindings }) => maskBindings(bindings as Binding[]),
    }),
    metadata: t.field({
      type: 'JSONObject',
      select: { metadata: true },
      resolve: ({ metadata }) => metadata as JsonObject,
    }),
  }),
});

export const AttachmentConnection = connectionType('Attachment', AttachmentType, { counted: true });

/** A component's, wherever it is attached now, by the index on component_id. */
export const ATTACHMENTS: NestedList = {
  name: 'attachments',
  table: 'product_journey_components',
  parent: 'component_id',
  where: 'n.hidden_at is null',
  field: { column: 'display_order', direction: 'asc' },
  cursor: keysetCursor('attachments', z.tuple([z.int32(), z.uuid()])),
};

export const AttachmentInput = builder.inputType('AttachmentInput', {
  fields: (t) => ({
    id: t.id({ description: 'Keeps that attachment, and of it what the other fields leave out.' }),
    componentId: t.id({ required: true }),
    displayOrder: t.int({ description: 'Unless given, the place in the list, from 0.' }),
    isRequired: t.boolean(),
    channelEligibility: t.stringList(),
    bindings: t.field({ type: [BindingInput] }),
    metadata: t.field({ type: 'JSONObject' }),
  }),
});
