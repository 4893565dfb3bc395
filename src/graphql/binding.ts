import type { Binding, PathBinding, StaticBinding } from '../bindings/binding.ts';
import { builder } from './builder.ts';

/** Bindings as they may be shown: whoever resolves a field to these masks them first (maskBindings). */
const BindingKindType = builder.enumType('BindingKind', {
  values: {
    STATIC: { value: 'static', description: 'A literal value.' },
    PRODUCT_FIELD: {
      value: 'product_field',
      description: 'A path into the product, the attachment or the component.',
    },
    RUNTIME: { value: 'runtime', description: "A path into the run's payloads or its trigger." },
  } as const,
});

export const BindingType = builder.interfaceRef<Binding>('Binding').implement({
  description: 'Fills one input of the script.',
  fields: (t) => ({
    kind: t.expose('kind', { type: BindingKindType }),
    inputKey: t.exposeString('inputKey', { description: 'Unique within a list.' }),
    required: t.exposeBoolean('required', {
      description: 'Whether an attempt fails where this does not resolve.',
    }),
  }),
  resolveType: ({ kind }) => TYPE_OF[kind],
});

const TYPE_OF = {
  static: 'StaticBinding',
  product_field: 'ProductFieldBinding',
  runtime: 'RuntimeBinding',
} as const;

builder.objectRef<StaticBinding>('StaticBinding').implement({
  interfaces: [BindingType],
  fields: (t) => ({
    value: t.expose('value', { type: 'JSON', nullable: true, description: "A secret's value reads null." }),
    secret: t.exposeBoolean('secret'),
  }),
});

builder.objectRef<PathBinding>('ProductFieldBinding').implement({
  interfaces: [BindingType],
  fields: (t) => ({
    path: t.exposeString('path', { description: 'From product, productComponent or component.' }),
  }),
});

builder.objectRef<PathBinding>('RuntimeBinding').implement({
  interfaces: [BindingType],
  fields: (t) => ({
    path: t.exposeString('path', { description: 'From input, context, metadata or trigger.' }),
  }),
});

const StaticBindingInput = builder.inputType('StaticBindingInput', {
  fields: (t) => ({
    inputKey: t.string({ required: true }),
    value: t.field({ type: 'JSON' }),
    required: t.boolean({ description: 'Unless given: true.' }),
    secret: t.boolean({ description: 'Read by the script alone. Without a value, the stored one is kept.' }),
  }),
});

const PathBindingInput = builder.inputType('PathBindingInput', {
  fields: (t) => ({
    inputKey: t.string({ required: true }),
    path: t.string({
      required: true,
      description: 'Dots between keys, [n] for lists: product.attributes.sizes[0].',
    }),
    required: t.boolean({ description: 'Unless given: true.' }),
  }),
});

export const BindingInput = builder.inputType('BindingInput', {
  isOneOf: true,
  fields: (t) => ({
    static: t.field({ type: StaticBindingInput }),
    productField: t.field({ type: PathBindingInput }),
    runtime: t.field({ type: PathBindingInput }),
  }),
});
