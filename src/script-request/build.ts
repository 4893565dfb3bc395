import type { JsonObject } from '../json/json.ts';
import type { Run, Trigger } from '../runs/model/run-row.ts';
import type { Binding } from './bindings/binding-model.ts';
import { type BindingResolution, resolveBindings } from './bindings/resolve.ts';
import { type CheckBudget, createCheckBudget } from './check-budget.ts';
import { checkInputs, type InputError, UncheckedInputsError } from './input-schema.ts';
import { checkSecretInputs } from './masking/secret-input-errors.ts';
import { MASK } from './masking/text-mask.ts';

/** The body of a request to the script runner. Keys are sent in this order. */
export type JourneyScriptRequest = {
  runId: string;
  attempt: number;
  channel: string | null;
  trigger: ScriptTrigger;
  component: ComponentSnapshot;
  /** inputPayload, overridden by the resolved bindings. */
  inputs: JsonObject;
  /** The values by inputKey of the bindings that resolved. */
  bindings: JsonObject;
  bindingSnapshot: Binding[];
  product: ProductSnapshot | null;
  productComponent: AttachmentSnapshot | null;
  input: JsonObject;
  context: JsonObject;
  metadata: JsonObject;
};

type ScriptTrigger = {
  type: Trigger | null;
  channel: string | null;
  runId: string;
  attempt: number;
  orderId: string | null;
};
type ComponentSnapshot = {
  id: string;
  key: string;
  version: number;
  scriptSlug: string;
  scriptRuntime: string;
  scriptVersion: string | null;
  scriptMetadata: JsonObject;
  providerDependencies: { key: string; optional: boolean }[];
};
export type ProductSnapshot = {
  id: string;
  sku: string;
  slug: string;
  title: string;
  attributes: JsonObject;
};
export type AttachmentSnapshot = {
  id: string;
  displayOrder: number;
  isRequired: boolean;
  channelEligibility: string[];
  metadata: JsonObject;
};

/**
 * The sources of a request. Rows may have more fields than these; only these are sent. JSON preserves the order of
 * its keys, so values that were not read from the database must be put inJsonbOrder first, or their bytes differ from
 * the worker's.
 */
export type ScriptSources = {
  run: Pick<
    Run,
    | 'id'
    | 'attempt'
    | 'channel'
    | 'trigger'
    | 'orderId'
    | 'bindingSnapshot'
    | 'inputPayload'
    | 'context'
    | 'metadata'
  >;
  componentVersion: Omit<ComponentSnapshot, 'id' | 'key'> & {
    /** Null while the version is not stored. */
    id: string | null;
    inputSchema: JsonObject;
    component: { id: string; key: string };
  };
  /** The product in its current state. */
  product: ProductSnapshot | null;
  attachment: AttachmentSnapshot | null;
  /** The names of the stored secrets to which the bindings refer. */
  secrets: ReadonlySet<string>;
};

export type BuiltScriptRequest = {
  /** Named secrets are masked in it: only the call has their values (secret-marks.ts). */
  request: JourneyScriptRequest;
  resolutions: BindingResolution[];
  /** The inputKeys of required bindings that did not resolve; the attempt fails where there are any. */
  missing: string[];
  /** The places where the request's inputs do not fit the version's inputSchema; any of them fails the attempt. */
  inputErrors: InputError[];
  /**
   * Why the inputs could not be checked, which leaves open whether they fit; null when they were. A reason fails the
   * attempt.
   */
  unchecked: string | null;
};

/**
 * Builds an attempt's request, for the worker and for every preview. Throws only when `requestBudget`, which the
 * checks of one API request share, is used up.
 */
export async function buildScriptRequest(
  { run, componentVersion, product, attachment, secrets }: ScriptSources,
  requestBudget?: CheckBudget,
): Promise<BuiltScriptRequest> {
  const trigger: ScriptTrigger = {
    type: run.trigger,
    channel: run.channel,
    runId: run.id,
    attempt: run.attempt,
    orderId: run.orderId,
  };
  const snapshots = {
    component: snapshotComponent(componentVersion),
    product: product && snapshotProduct(product),
    productComponent: attachment && snapshotAttachment(attachment),
  };
  const bindingSnapshot = run.bindingSnapshot.map(snapshotBinding);
  const payloads = { input: run.inputPayload, context: run.context, metadata: run.metadata };
  const { resolutions, values, missing } = resolveBindings(
    bindingSnapshot,
    { ...snapshots, ...payloads, trigger },
    new Map([...secrets].map((name) => [name, MASK])),
  );
  const inputs = { ...run.inputPayload, ...values };
  const budget = createCheckBudget(requestBudget);
  return {
    request: {
      runId: run.id,
      attempt: run.attempt,
      channel: run.channel,
      trigger,
      component: snapshots.component,
      inputs,
      bindings: values,
      bindingSnapshot,
      product: snapshots.product,
      productComponent: snapshots.productComponent,
      ...payloads,
    },
    resolutions,
    missing,
    ...(await checked(() =>
      checkSecretInputs(
        (values) => checkInputs(componentVersion.id, componentVersion.inputSchema, values, budget),
        inputs,
        bindingSnapshot,
      ),
    )),
  };
}

async function checked(
  check: () => Promise<InputError[]>,
): Promise<Pick<BuiltScriptRequest, 'inputErrors' | 'unchecked'>> {
  try {
    return { inputErrors: await check(), unchecked: null };
  } catch (error) {
    if (!(error instanceof UncheckedInputsError)) throw error;
    return { inputErrors: [], unchecked: error.message };
  }
}

const snapshotComponent = (version: ScriptSources['componentVersion']): ComponentSnapshot => ({
  id: version.component.id,
  key: version.component.key,
  version: version.version,
  scriptSlug: version.scriptSlug,
  scriptRuntime: version.scriptRuntime,
  scriptVersion: version.scriptVersion,
  scriptMetadata: version.scriptMetadata,
  providerDependencies: version.providerDependencies.map(({ key, optional }) => ({ key, optional })),
});

const snapshotProduct = ({ id, sku, slug, title, attributes }: ProductSnapshot): ProductSnapshot => ({
  id,
  sku,
  slug,
  title,
  attributes,
});

const snapshotAttachment = (attachment: AttachmentSnapshot): AttachmentSnapshot => ({
  id: attachment.id,
  displayOrder: attachment.displayOrder,
  isRequired: attachment.isRequired,
  channelEligibility: attachment.channelEligibility,
  metadata: attachment.metadata,
});

/** A binding as requests show it. */
export const snapshotBinding = (binding: Binding): Binding => {
  const { kind, inputKey, required } = binding;
  if (kind === 'secret') return { kind, inputKey, name: binding.name, required };
  return kind === 'static'
    ? { kind, inputKey, value: binding.value, required, secret: binding.secret }
    : { kind, inputKey, path: binding.path, required };
};
