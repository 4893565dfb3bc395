import type { Json, JsonObject } from '../../json/json.ts';
import type { Binding, PathBinding, SecretBinding } from './binding-model.ts';
import { type Lookup, lookup, type Path, PRODUCT_FIELD_ROOTS, parsePath, RUNTIME_ROOTS } from './path.ts';

/** The objects that bindings read: the first three for product_field, the others for runtime. */
export type BindingScope = {
  product: JsonObject | null;
  productComponent: JsonObject | null;
  component: JsonObject;
  input: JsonObject;
  context: JsonObject;
  metadata: JsonObject;
  trigger: JsonObject;
};

/** The text in the place of each stored secret, by its name. */
export type SecretStandIns = ReadonlyMap<string, string>;

export type BindingResolution = { binding: Binding; resolved: boolean; value: Json; reason: string | null };

export type ResolvedBindings = {
  /** One for each binding, in the order given. */
  resolutions: BindingResolution[];
  /** The values by inputKey of the bindings that resolved: static, then secret, then product_field, then runtime. */
  values: JsonObject;
  /** The inputKeys of required bindings that did not resolve. */
  missing: string[];
};

/** Resolves bindings against the current product and payloads of the run. Never throws. */
export function resolveBindings(
  bindings: readonly Binding[],
  scope: BindingScope,
  secrets: SecretStandIns = new Map(),
): ResolvedBindings {
  const resolutions = bindings.map((binding) => resolve(binding, scope, secrets));
  const found = resolutions.filter(({ resolved }) => resolved);
  const entries = ORDER.flatMap((kind) => found.filter(({ binding }) => binding.kind === kind)).map(
    ({ binding, value }) => [binding.inputKey, value] as const,
  );
  return {
    resolutions,
    values: Object.fromEntries(entries),
    missing: resolutions
      .filter(({ binding, resolved }) => !resolved && binding.required)
      .map(({ binding }) => binding.inputKey),
  };
}

const ORDER: Binding['kind'][] = ['static', 'secret', 'product_field', 'runtime'];

function resolve(binding: Binding, scope: BindingScope, secrets: SecretStandIns): BindingResolution {
  if (binding.kind === 'static') return { binding, resolved: true, value: binding.value, reason: null };
  const result = binding.kind === 'secret' ? findSecret(binding, secrets) : find(binding, scope);
  return result.found
    ? { binding, resolved: true, value: result.value, reason: null }
    : { binding, resolved: false, value: null, reason: result.reason };
}

function findSecret({ name }: SecretBinding, secrets: SecretStandIns): Lookup {
  const value = secrets.get(name);
  return value === undefined
    ? { found: false, reason: `no secret ${name} is stored` }
    : { found: true, value };
}

function find({ kind, path: text }: PathBinding, scope: BindingScope): Lookup {
  const parsed = parsePath(text, kind === 'product_field' ? PRODUCT_FIELD_ROOTS : RUNTIME_ROOTS);
  if (!parsed.ok) return { found: false, reason: `the path ${parsed.message}` };
  return lookup(withAttributes(parsed.path, scope.product), scope);
}

/** `product.colour` reads `product.attributes.colour`, unless the product has a field of that name. */
function withAttributes(path: Path, product: JsonObject | null): Path {
  const [first] = path.steps;
  if (path.root !== 'product' || product === null || Object.hasOwn(product, String(first))) return path;
  return { root: 'product', steps: ['attributes', ...path.steps] };
}
