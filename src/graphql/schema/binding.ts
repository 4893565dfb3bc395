import type {
  Binding,
  PathBinding,
  SecretBinding,
  StaticBinding,
} from '../../script-request/bindings/binding-model.ts';
import { builder } from './builder.ts';

/** Bindings without secret values: a resolver that returns bindings must mask them first (maskBindings). */
const BindingKindType = builder.enumType('BindingKind', {
  description: 'The source of the value of a binding.',
  values: {
    STATIC: {
      value: 'static',
      description: 'The value is a literal, stored in the binding. Script requests spell this kind `static`.',
    },
    SECRET: {
      value: 'secret',
      description:
        'The value is a stored secret, which only the call to the script host has. Script requests spell this kind `secret`.',
    },
    PRODUCT_FIELD: {
      value: 'product_field',
      description:
        'The value is found by a path in the product, the attachment or the component, as they are when the attempt starts. Script requests spell this kind `product_field`.',
    },
    RUNTIME: {
      value: 'runtime',
      description:
        'The value is found by a path in the payloads or the trigger of the run. Script requests spell this kind `runtime`.',
    },
  } as const,
});

export const BindingType = builder.interfaceRef<Binding>('Binding').implement({
  description: 'A binding fills one input of the script.',
  fields: (t) => ({
    kind: t.expose('kind', { description: 'The source of the value.', type: BindingKindType }),
    inputKey: t.exposeString('inputKey', {
      description: 'The name of the input that the binding fills. It is unique within a list of bindings.',
    }),
    required: t.exposeBoolean('required', {
      description: 'If true, an attempt fails with BINDING_UNRESOLVED when the binding finds no value.',
    }),
  }),
  resolveType: ({ kind }) => TYPE_OF[kind],
});

const TYPE_OF = {
  static: 'StaticBinding',
  secret: 'SecretBinding',
  product_field: 'ProductFieldBinding',
  runtime: 'RuntimeBinding',
} as const;

builder.objectRef<StaticBinding>('StaticBinding').implement({
  description: 'A binding whose value is a literal.',
  interfaces: [BindingType],
  fields: (t) => ({
    value: t.expose('value', {
      type: 'JSON',
      nullable: true,
      description: 'The value of the input. The value of a secret binding is always null in responses.',
    }),
    secret: t.exposeBoolean('secret', {
      description:
        'If true, only the script receives the value; responses, events and logs do not contain it.',
    }),
  }),
});

builder.objectRef<SecretBinding>('SecretBinding').implement({
  description:
    'A binding that refers to a stored secret. Runs have the reference; each call to the script host sends the value that is current then, and repeats of a call whose outcome is unknown send the same.',
  interfaces: [BindingType],
  fields: (t) => ({
    name: t.exposeString('name', { description: 'The name of the secret.' }),
  }),
});

builder.objectRef<PathBinding>('ProductFieldBinding').implement({
  description: 'A binding that reads the product, the attachment or the component.',
  interfaces: [BindingType],
  fields: (t) => ({
    path: t.exposeString('path', {
      description:
        'The path of the value, such as `product.attributes.colour`. It starts with `product`, `productComponent` or `component`.',
    }),
  }),
});

builder.objectRef<PathBinding>('RuntimeBinding').implement({
  description: 'A binding that reads what the run was enqueued with.',
  interfaces: [BindingType],
  fields: (t) => ({
    path: t.exposeString('path', {
      description:
        'The path of the value, such as `input.orderItem.sku`. It starts with `input`, `context`, `metadata` or `trigger`.',
    }),
  }),
});

const StaticBindingInput = builder.inputType('StaticBindingInput', {
  description: 'A binding whose value is a literal.',
  fields: (t) => ({
    inputKey: t.string({
      description:
        'The name of the input to fill, at most 128 characters. It must be unique within the list of bindings.',
      required: true,
    }),
    value: t.field({
      description:
        'The value of the input: any JSON, at most 256 KiB. Omit it for a secret binding to use the stored secret of the same inputKey.',
      type: 'JSON',
    }),
    required: t.boolean({
      description:
        'If true, an attempt fails when the binding finds no value. A static binding always has a value. Defaults to true.',
    }),
    secret: t.boolean({
      description: 'If true, only the script receives the value, and responses show null. Defaults to false.',
    }),
  }),
});

const SecretBindingInput = builder.inputType('SecretBindingInput', {
  description: 'A binding that refers to a stored secret.',
  fields: (t) => ({
    inputKey: t.string({
      description:
        'The name of the input to fill, at most 128 characters. It must be unique within the list of bindings.',
      required: true,
    }),
    name: t.string({
      required: true,
      description: 'The name of the secret, as saveSecret stores it. It may be saved later.',
    }),
    required: t.boolean({
      description:
        'If true, an attempt fails with BINDING_UNRESOLVED when no such secret is stored. Defaults to true.',
    }),
  }),
});

const PathBindingInput = builder.inputType('PathBindingInput', {
  description: 'A binding that finds its value by a path.',
  fields: (t) => ({
    inputKey: t.string({
      description:
        'The name of the input to fill, at most 128 characters. It must be unique within the list of bindings.',
      required: true,
    }),
    path: t.string({
      required: true,
      description:
        'The path of the value: keys separated by dots, and [n] for the items of a list, counted from 0, as in `product.attributes.sizes[0]`. A productField path starts with `product`, `productComponent` or `component`; a runtime path starts with `input`, `context`, `metadata` or `trigger`.',
    }),
    required: t.boolean({
      description:
        'If true, an attempt fails with BINDING_UNRESOLVED when the path finds no value. Defaults to true.',
    }),
  }),
});

export const BindingInput = builder.inputType('BindingInput', {
  description: 'A binding. Set exactly one of the fields.',
  isOneOf: true,
  fields: (t) => ({
    static: t.field({ description: 'A binding whose value is a literal.', type: StaticBindingInput }),
    secret: t.field({ description: 'A binding that refers to a stored secret.', type: SecretBindingInput }),
    productField: t.field({
      description: 'A binding that reads the product, the attachment or the component.',
      type: PathBindingInput,
    }),
    runtime: t.field({
      description: 'A binding that reads the payloads or the trigger of the run.',
      type: PathBindingInput,
    }),
  }),
});
