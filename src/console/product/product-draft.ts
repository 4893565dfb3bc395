import { isJsonObject, parseExactly } from '../api/exact-numbers.ts';
import type { AttachmentInput, BindingInput, SaveProductInput, Trigger } from '../api/generated/graphql.ts';
import { requiredFirst } from '../parts/input-order.ts';
import { randomKey } from '../parts/random-key.ts';
import { meaningOf } from '../parts/sorted-keys.ts';

/** A product while it is edited: texts where people type, lists where the order counts. */
export type ProductDraft = {
  title: string;
  /** JSON text. */
  attributes: string;
  steps: readonly StepDraft[];
};

export type StepDraft = {
  /** Identifies the step on the page. */
  key: string;
  /** The attachment, once it is stored. */
  attachmentId: string | null;
  component: StepComponent;
  /** Empty: every channel. */
  channels: readonly string[];
  isRequired: boolean;
  metadata: { [key: string]: unknown };
  bindings: readonly BindingDraft[];
};

export type StepComponent = {
  id: string;
  key: string;
  name: string;
  triggers: readonly Trigger[];
  inputSchema: { [key: string]: unknown };
  archivedAt?: string | null;
};

export type BindingDraft = { key: string; inputKey: string; isRequired: boolean; source: BindingSource };

export type BindingSource =
  /** A value that people typed: JSON where it parses, else text. A stored secret value is not shown and stays as it is. */
  | { kind: 'value'; text: string; isSecret: boolean; isStored: boolean }
  | { kind: 'product' | 'run'; path: string }
  | { kind: 'secret'; name: string };

/** The product as the API returns it to the composer. */
export type StoredProduct = {
  title: string;
  attributes: { [key: string]: unknown };
  journeyComponents: readonly StoredStep[];
};

type StoredStep = {
  id: string;
  component: StepComponent;
  channelEligibility: readonly string[];
  isRequired: boolean;
  metadata: { [key: string]: unknown };
  bindings: readonly StoredBinding[];
};

type StoredBinding = { inputKey: string; required: boolean } & (
  | { __typename: 'StaticBinding'; value?: unknown; secret: boolean }
  | { __typename: 'SecretBinding'; name: string }
  | { __typename: 'RuntimeBinding' | 'ProductFieldBinding'; path: string }
);

export function draftOf(product: StoredProduct): ProductDraft {
  return {
    title: product.title,
    attributes: JSON.stringify(product.attributes, null, 2),
    steps: product.journeyComponents.map((step) => ({
      key: step.id,
      attachmentId: step.id,
      component: step.component,
      channels: step.channelEligibility,
      isRequired: step.isRequired,
      metadata: step.metadata,
      bindings: step.bindings.map((binding) => ({
        key: `${step.id}.${binding.inputKey}`,
        inputKey: binding.inputKey,
        isRequired: binding.required,
        source: sourceOf(binding),
      })),
    })),
  };
}

/** The draft with the components of a product as they are now. A draft that a browser stored has them as they were. */
export function withComponents(draft: ProductDraft, { journeyComponents }: StoredProduct): ProductDraft {
  const components = new Map(journeyComponents.map(({ component }) => [component.id, component]));
  const steps = draft.steps.map((step) => ({
    ...step,
    component: components.get(step.component.id) ?? step.component,
  }));
  return { ...draft, steps };
}

function sourceOf(binding: StoredBinding): BindingSource {
  switch (binding.__typename) {
    case 'StaticBinding':
      return {
        kind: 'value',
        text: binding.secret ? '' : textOf(binding.value),
        isSecret: binding.secret,
        isStored: binding.secret,
      };
    case 'SecretBinding':
      return { kind: 'secret', name: binding.name };
    case 'RuntimeBinding':
      return { kind: 'run', path: binding.path };
    case 'ProductFieldBinding':
      return { kind: 'product', path: binding.path };
  }
}

/** A step for a component that was just chosen, with a binding for each input that its schema requires. */
export function newStep(component: StepComponent): StepDraft {
  return {
    key: randomKey(),
    attachmentId: null,
    component,
    channels: [],
    isRequired: false,
    metadata: {},
    bindings: requiredInputs(component).map((name) => newBinding(component, name)),
  };
}

/** A binding of an input, or of one whose name is yet to be typed. A step may run without an optional input. */
export const newBinding = (component: StepComponent, inputKey: string): BindingDraft => ({
  key: randomKey(),
  inputKey,
  isRequired: inputKey === '' || requiredInputs(component).includes(inputKey),
  source: { kind: 'product', path: '' },
});

function requiredInputs({ inputSchema: { required } }: StepComponent): string[] {
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}

/** Whether a binding has a name and a source, so that it can be previewed. */
export function isComplete({ inputKey, source }: BindingDraft): boolean {
  if (source.kind === 'value') return inputKey !== '';
  return inputKey !== '' && (source.kind === 'secret' ? source.name : source.path) !== '';
}

/** The inputs that the component's schema names and no binding fills, the required ones first. */
export function unboundInputs({ component, bindings }: StepDraft): string[] {
  const { properties } = requiredFirst(component.inputSchema);
  const bound = new Set(bindings.map(({ inputKey }) => inputKey));
  const names = Object.keys(typeof properties === 'object' && properties !== null ? properties : {});
  return names.filter((name) => !bound.has(name));
}

/** The input of saveProduct; null while the attributes are not a JSON object. */
export function inputOf(draft: ProductDraft, sku: string, shop: string | null): SaveProductInput | null {
  const attributes = objectIn(draft.attributes);
  if (!attributes) return null;
  return { sku, shop, title: draft.title, attributes, journeyComponents: draft.steps.map(stepInput) };
}

export function stepInput(step: StepDraft): AttachmentInput {
  return {
    id: step.attachmentId,
    componentId: step.component.id,
    channelEligibility: [...step.channels],
    isRequired: step.isRequired,
    metadata: step.metadata,
    bindings: step.bindings.map(bindingInput),
  };
}

function bindingInput({ inputKey, isRequired: required, source }: BindingDraft): BindingInput {
  switch (source.kind) {
    case 'value': {
      const { isSecret: secret, isStored, text } = source;
      // A secret that is sent without a value keeps the stored one.
      const value = isStored && text === '' ? {} : { value: valueIn(text) };
      return { static: { inputKey, required, secret, ...value } };
    }
    case 'secret':
      return { secret: { inputKey, required, name: source.name } };
    case 'product':
      return { productField: { inputKey, required, path: source.path } };
    case 'run':
      return { runtime: { inputKey, required, path: source.path } };
  }
}

/** The value of a text: JSON where it parses, else the text itself. */
export function valueIn(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    return text;
  }
}

/** The text that `valueIn` reads as the value. */
export function textOf(value: unknown): string {
  if (typeof value === 'string' && valueIn(value) === value) return value;
  return JSON.stringify(value) ?? '';
}

export function objectIn(text: string): { [key: string]: unknown } | null {
  const value = text.trim() === '' ? {} : valueIn(text);
  return isJsonObject(value) ? value : null;
}

/** The list with the item at `from` moved to `to`. */
export function moved<Item>(items: readonly Item[], from: number, to: number): readonly Item[] {
  if (from === to || to < 0 || to >= items.length) return items;
  const others = items.filter((_, index) => index !== from);
  return [...others.slice(0, to), items[from]!, ...others.slice(to)];
}

/** Whether both drafts would be stored alike. */
export const isSame = (one: ProductDraft, other: ProductDraft): boolean =>
  meaningOf(inputOf(one, '', null)) === meaningOf(inputOf(other, '', null)) &&
  (objectIn(one.attributes) !== null || one.attributes === other.attributes);

/** The draft without the values that bindings hide. A browser must not store them. */
export const withoutSecrets = (draft: ProductDraft): ProductDraft => ({
  ...draft,
  steps: draft.steps.map((step) => ({
    ...step,
    bindings: step.bindings.map((binding) =>
      binding.source.kind === 'value' && binding.source.isSecret
        ? { ...binding, source: { ...binding.source, text: '' } }
        : binding,
    ),
  })),
});
