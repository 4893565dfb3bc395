/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** An item of the list of attachments in saveProduct. An item with an `id` updates that attachment; an item without one creates an attachment. */
export type AttachmentInput = {
  /** The bindings that fill the inputs of the script: at most 100, and at most 256 KiB of JSON. The list replaces the stored one. Defaults to no bindings for a new attachment. */
  bindings?: Array<BindingInput> | null | undefined;
  /** The channels in which the attachment runs: at most 100, of at most 128 characters each. An empty list, the default for a new attachment, means every channel. */
  channelEligibility?: Array<string> | null | undefined;
  /** The id of the component to attach. */
  componentId: string;
  /** The position of the attachment, from 0 to 1,000,000. Defaults to the position of the item in the list, counted from 0. */
  displayOrder?: number | null | undefined;
  /** Updates this attachment. Fields you omit keep their stored values, except displayOrder. Omit `id` to create an attachment. */
  id?: string | null | undefined;
  /** A flag for clients to read; the service does not act on it. Defaults to false for a new attachment. */
  isRequired?: boolean | null | undefined;
  /** JSON to store with the attachment, at most 256 KiB. Defaults to {} for a new attachment. */
  metadata?: { [key: string]: any } | null | undefined;
};

/** Selects entries of the audit log. All conditions must hold; null is no condition. */
export type AuditFilter = {
  /** Matches changes by one of these mutations, at most 100. */
  action?: Array<string> | null | undefined;
  /** Matches entries at or after this time. */
  after?: string | null | undefined;
  /** Matches entries before this time. */
  before?: string | null | undefined;
  /** Matches changes of the object with this id. */
  objectId?: string | null | undefined;
  /** Matches entries of one of these principals, at most 100. */
  principal?: Array<string> | null | undefined;
  /** Matches only rejections, or only changes. */
  rejected?: boolean | null | undefined;
};

/** How the delay before a retry grows. */
export type Backoff =
  /** The delay is random, between 0 and an upper limit (full jitter). The limit starts at initialDelaySeconds and doubles with each retry, up to maxDelaySeconds. */
  | 'EXPONENTIAL'
  /** Every delay is initialDelaySeconds. */
  | 'FIXED';

/** A binding. Set exactly one of the fields. */
export type BindingInput =
  {   /** A binding that reads the product, the attachment or the component. */
  productField: PathBindingInput; runtime?: never; secret?: never; static?: never; }
  |  { productField?: never;   /** A binding that reads the payloads or the trigger of the run. */
  runtime: PathBindingInput; secret?: never; static?: never; }
  |  { productField?: never; runtime?: never;   /** A binding that refers to a stored secret. */
  secret: SecretBindingInput; static?: never; }
  |  { productField?: never; runtime?: never; secret?: never;   /** A binding whose value is a literal. */
  static: StaticBindingInput; };

/** The result of a bulk operation for one run. */
export type BulkOperationItemStatus =
  /** The run was changed. */
  | 'DONE'
  /** The operation failed for the run. */
  | 'FAILED'
  /** The run has not been processed. It stays so if the operation is aborted. */
  | 'PENDING'
  /** The operation does not apply to the run, such as a cancel of a completed run. */
  | 'SKIPPED';

/** The change that a bulk operation makes to each run. */
export type BulkOperationKind =
  /** Cancels the runs, as cancelRun does. */
  | 'CANCEL'
  /** Replays the runs, as replayRun does. */
  | 'REPLAY'
  /** Retries the runs, as retryRun does. */
  | 'RETRY';

/** The status of a bulk operation. */
export type BulkOperationStatus =
  /** abortBulkOperation stopped the operation. Runs that were processed before stay changed. */
  | 'ABORTED'
  /** Every run of the operation was processed. Single runs may have failed or been skipped. */
  | 'COMPLETED'
  /** The operation is being processed in the background. */
  | 'RUNNING';

/** A new API key. */
export type CreateApiKeyInput = {
  /** The time from which the key is not valid. By default, the key does not expire. */
  expiresAt?: string | null | undefined;
  /** The id of the principal that gets the key. */
  principalId: string;
};

/** A new principal. Set at least one of roles and permissions. */
export type CreatePrincipalInput = {
  /** The only channels whose runs and orders the principal may use, at most 100. Defaults to all channels. */
  channels?: Array<string> | null | undefined;
  /** Defaults to SERVICE. */
  kind?: PrincipalKind | null | undefined;
  /** The name of the principal, for people. At most 200 characters. */
  name: string;
  /** Permissions besides those of the roles. Defaults to none. */
  permissions?: Array<Permission> | null | undefined;
  /** The roles of the principal. Defaults to none. */
  roles?: Array<Role> | null | undefined;
};

/** A completed checkout. */
export type EnqueueCheckoutRunsInput = {
  /** The cart of the checkout, as JSON. Scripts read it as input.cart. At most 4 MiB together with the order and the checkout. */
  cart?: { [key: string]: any } | null | undefined;
  /** The channel of the checkout, at most 128 characters. Defaults to null, which skips the check of channels. */
  channel?: string | null | undefined;
  /** JSON about the checkout, such as its payment. Scripts read it as context.checkout. */
  checkout?: { [key: string]: any } | null | undefined;
  /** JSON to merge into the metadata {"initiator": "checkout"} of the runs; its keys win. At most 256 KiB. */
  metadata?: { [key: string]: any } | null | undefined;
  /** The order to record. Its number makes the request idempotent. */
  order: RecordOrderInput;
};

/** The request to run a component once. */
export type EnqueueRunInput = {
  /** The id of the attachment whose bindings and channels the run uses. It must be an attachment of the component and, if productId is set, of that product. */
  attachmentId?: string | null | undefined;
  /** The bindings of the run. They replace the bindings of the attachment. Defaults to the attachment's bindings. */
  bindings?: Array<BindingInput> | null | undefined;
  /** The channel of the run, at most 128 characters: one of the attachment's channelEligibility, or `admin_preview`. Defaults to null, which skips the check of the channel. */
  channel?: string | null | undefined;
  /** The id of the component to run. The run uses its current version. */
  componentId: string;
  /** JSON about the circumstances of the run, at most 256 KiB. Bindings read it as context. Defaults to {}. */
  context?: { [key: string]: any } | null | undefined;
  /** A key that makes the request safe to repeat, at most 255 characters. The same key with the same input returns the first run, with deduplicated: true. The same key with another input fails with IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** The input of the run, at most 256 KiB of JSON. Bindings read it as input, and its keys are inputs of the script unless a binding fills the same key. Defaults to {}. */
  inputPayload?: { [key: string]: any } | null | undefined;
  /** JSON for filters and bindings, at most 256 KiB. Bindings read it as metadata. Defaults to {}. */
  metadata?: { [key: string]: any } | null | undefined;
  /** The id of the order that the run belongs to. */
  orderId?: string | null | undefined;
  /** The priority of the run. Defaults to NORMAL. */
  priority?: RunPriority | null | undefined;
  /** The id of the product that the script receives. Without an attachmentId, the run takes the product's attachment of the component if there is exactly one. */
  productId?: string | null | undefined;
  /** The earliest time at which the run may start, at most 366 days ahead. Defaults to now. */
  runAt?: string | null | undefined;
  /** The shop: 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-". Defaults to null, no shop. The component, and the product, the attachment and the order if they are set, must be of this shop: others are NOT_FOUND. The idempotencyKey is unique within it. */
  shop?: string | null | undefined;
  /** The trigger of the run. The service stores it and sends it to the script; it need not be a trigger of the component. */
  trigger?: Trigger | null | undefined;
};

/** The decision whether an attachment runs. */
export type JourneyDecision =
  /** The attachment is not eligible for the channel. */
  | 'CHANNEL_NOT_ELIGIBLE'
  /** The component is archived. */
  | 'COMPONENT_ARCHIVED'
  /** The attachment runs. */
  | 'ELIGIBLE'
  /** There is no such product, or the order line has no SKU. */
  | 'PRODUCT_NOT_FOUND'
  /** The component has none of the triggers. */
  | 'TRIGGER_NOT_MATCHED';

/** The kind of a problem that catalogueLint finds. */
export type LintCode =
  /** The component is archived, so that no run of the attachment is enqueued. */
  | 'COMPONENT_ARCHIVED'
  /** The inputSchema requires an input that no binding fills. */
  | 'INPUT_MISSING'
  /** The inputSchema does not accept a static value, the value that a path finds, or the payload that checkouts send. */
  | 'INPUT_REFUSED'
  /** A productField path finds no value on this product. */
  | 'PATH_NOT_FOUND'
  /** The inputSchema of the component accepts no inputs at all, or cannot be used. */
  | 'SCHEMA_UNUSABLE'
  /** The secret to which a binding refers is not stored. */
  | 'SECRET_NOT_FOUND';

/** A line of an order. */
export type OrderLineInput = {
  /** JSON about the line, at most 256 KiB. Scripts read it as input.orderItem, where sku and quantity are those of the order. Defaults to {}. */
  payload?: { [key: string]: any } | null | undefined;
  /** The ordered quantity: 0, as for a refunded line, or from 0.000001 to 1,000,000. Decimals, as for goods sold by weight, are stored exactly. */
  quantity: number;
  /** The SKU of the line, at most 200 characters. Surrounding white space is removed. Lines with no SKU, or one that no product has, are stored, and skipped with PRODUCT_NOT_FOUND. */
  sku?: string | null | undefined;
};

/** A binding that finds its value by a path. */
export type PathBindingInput = {
  /** The name of the input to fill, at most 128 characters. It must be unique within the list of bindings. */
  inputKey: string;
  /** The path of the value: keys separated by dots, and [n] for the items of a list, counted from 0, as in `product.attributes.sizes[0]`. A productField path starts with `product`, `productComponent` or `component`; a runtime path starts with `input`, `context`, `metadata` or `trigger`. */
  path: string;
  /** If true, an attempt fails with BINDING_UNRESOLVED when the path finds no value. Defaults to true. */
  required?: boolean | null | undefined;
};

/** A right that a principal may hold. */
export type Permission =
  /** Enqueues runs. */
  | 'ENQUEUE_RUNS'
  /** Manages principals and their API keys. */
  | 'MANAGE_PRINCIPALS'
  /** Sets and removes secrets. */
  | 'MANAGE_SECRETS'
  /** Creates short-lived tokens, each of which reads one run or one group. */
  | 'MINT_TOKENS'
  /** Cancels, retries and replays runs, one by one and in bulk. */
  | 'OPERATE_RUNS'
  /** With READ_RUNS, reads the audit log. */
  | 'READ_AUDIT_LOG'
  /** Reads components, products and attachments. */
  | 'READ_CATALOGUE'
  /** Reads orders. */
  | 'READ_ORDERS'
  /** Reads the status and the history of the runs that the principal enqueued. */
  | 'READ_OWN_RUNS'
  /** Reads the payloads, requests and results of the runs that the principal may read. */
  | 'READ_PAYLOADS'
  /** Reads the status and the history of every run. */
  | 'READ_RUNS'
  /** Reads the workers, the queues and the configuration. */
  | 'READ_SYSTEM'
  /** Changes components and products. */
  | 'WRITE_CATALOGUE'
  /** Records and forgets orders. */
  | 'WRITE_ORDERS';

/** The kind of a principal. */
export type PrincipalKind =
  /** A person. */
  | 'PERSON'
  /** A program, such as a shop's backend. */
  | 'SERVICE';

/** An external provider that a script uses. */
export type ProviderDependencyInput = {
  /** The key of the provider, at most 128 characters. */
  key: string;
  /** If true, the script works without the provider. Defaults to false. */
  optional?: boolean | null | undefined;
};

/** An order to record, at most 4 MiB of JSON. */
export type RecordOrderInput = {
  /** The lines of the order, at most 1,000. */
  lines: Array<OrderLineInput>;
  /** The order number, unique within its shop, at most 200 characters. */
  number: string;
  /** The JSON of the order, in the shape that the shop uses, at most 256 KiB. Scripts read it as input.order. */
  payload: { [key: string]: any };
  /** The time at which the order was placed. Defaults to now. */
  placedAt?: string | null | undefined;
  /** The shop: 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-". Defaults to null, no shop. */
  shop?: string | null | undefined;
};

/** The definition of a new component. */
export type RegisterComponentInput = {
  /** A text about the component, for people, at most 10,000 characters. */
  description?: string | null | undefined;
  /** The JSON Schema (draft 2020-12) that the inputs of the script must match, at most 256 KiB. Defaults to {}, which accepts every object. docs/json-schema.md lists what is supported. */
  inputSchema?: { [key: string]: any } | null | undefined;
  /** The key of the component, unique within its shop: 1 to 128 of a-z, 0-9, ".", "_" and "-", beginning with a letter or a digit, like gift-note. It never changes. */
  key: string;
  /** The name of the component, for people, at most 200 characters. */
  name: string;
  /** The external providers that the script uses: at most 100, each key once. Defaults to none. */
  providerDependencies?: Array<ProviderDependencyInput> | null | undefined;
  /** The rules by which failed attempts are retried. Defaults to 1 attempt, without retries. */
  retryPolicy?: RetryPolicyInput | null | undefined;
  /** The script that the script runner executes. */
  script: ScriptInput;
  /** The shop: 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-". Defaults to null, no shop. */
  shop?: string | null | undefined;
  /** The time limit of one attempt at the script runner, from 0.1 to 3600 seconds. Defaults to the service's JOURNEY_RUNTIME_RUNNER_TIMEOUT_SECONDS. */
  timeoutSeconds?: number | null | undefined;
  /** The events that may start a run of the component. Duplicates are removed. */
  triggers: Array<Trigger>;
};

/** The values that a replay uses instead of those of the old run. Fields that are omitted or null use the values of the old run. */
export type ReplayRunInput = {
  /** The context of the new run, at most 256 KiB. */
  context?: { [key: string]: any } | null | undefined;
  /** A key that makes the request safe to repeat, as in EnqueueRunInput. It must not be set in bulkReplayRuns, which has its own. */
  idempotencyKey?: string | null | undefined;
  /** The inputPayload of the new run, at most 256 KiB. */
  inputPayload?: { [key: string]: any } | null | undefined;
  /** The metadata of the new run, at most 256 KiB. */
  metadata?: { [key: string]: any } | null | undefined;
  /** If true, the new run uses the current bindings of the attachment instead of the bindingSnapshot of the old run. Defaults to false. */
  useCurrentBindings?: boolean | null | undefined;
  /** If true, the new run uses the current version of the component instead of the version of the old run. Defaults to false. */
  useLatestVersion?: boolean | null | undefined;
};

/** The rules by which failed attempts are retried. */
export type RetryPolicyInput = {
  /** How the delay before a retry grows. Defaults to EXPONENTIAL. */
  backoff?: Backoff | null | undefined;
  /** The delay before the first retry, from 0 to 604,800 seconds (7 days). Defaults to 1. */
  initialDelaySeconds?: number | null | undefined;
  /** The highest number of attempts of a run, from 1 to 100. With 1, failed attempts are not retried. */
  maxAttempts: number;
  /** The longest delay before a retry, from initialDelaySeconds to 604,800 seconds (7 days). It also limits a Retry-After header from the script runner. Defaults to 300, or to initialDelaySeconds if that is longer. */
  maxDelaySeconds?: number | null | undefined;
};

/** A bundle of permissions. */
export type Role =
  /** Has every permission. */
  | 'ADMIN'
  /** A shop's backend: it records orders, enqueues runs, reads its own runs, and creates tokens for its pages. */
  | 'CHECKOUT'
  /** Edits the catalogue, and tries it with runs. */
  | 'MERCHANDISER'
  /** Watches and repairs runs, with their payloads. */
  | 'OPERATOR'
  /** Sees the catalogue, and the status of runs and orders, without payloads. */
  | 'VIEWER';

/** The kind of error that ended an attempt. */
export type RunErrorCode =
  /** A required binding found no value. The script runner was not called. */
  | 'BINDING_UNRESOLVED'
  /** The run was canceled on request. */
  | 'CANCELED'
  /** The inputs do not match the inputSchema of the component. The script runner was not called. */
  | 'INPUT_INVALID'
  /** The inputs could not be checked, because the check would have taken too much work or the inputSchema cannot be used. The inputs may still be valid. The script runner was not called. */
  | 'INPUT_UNCHECKED'
  /** The service itself failed. Its log has the details. */
  | 'INTERNAL'
  /** The result is larger than 1 MiB. It is not retried. */
  | 'RESULT_TOO_LARGE'
  /** The script runner responded with another error status. */
  | 'RUNNER_FAILED'
  /** The response of the script runner is not JSON that can be stored. It is not retried. */
  | 'RUNNER_INVALID_RESPONSE'
  /** The script runner rejected the request with a 4xx status other than 408, 409, 425 and 429. It is not retried. */
  | 'RUNNER_REJECTED'
  /** The script runner did not respond within timeoutSeconds. */
  | 'RUNNER_TIMEOUT'
  /** The connection to the script runner failed. */
  | 'RUNNER_UNREACHABLE'
  /** A stored secret that the call sends cannot be decrypted, or was deleted since an earlier call of unknown outcome sent it. The script runner was not called. */
  | 'SECRET_UNAVAILABLE'
  /** Three workers died or lost their lease while they executed the run. */
  | 'WORKER_LOST';

/** The kind of a run event. */
export type RunEventType =
  /** The run was canceled. Its status is CANCELED. */
  | 'CANCELED'
  /** An operator requested a cancel while the run was RUNNING. Its status is still RUNNING. */
  | 'CANCEL_REQUESTED'
  /** The script runner returned a result. The status of the run is COMPLETED. */
  | 'COMPLETED'
  /** The run was enqueued. Its status is QUEUED. */
  | 'ENQUEUED'
  /** An attempt failed, and no retry follows: no attempt is left, or the error is not retryable. The status of the run is FAILED. */
  | 'FAILED'
  /** A worker shut down and returned the run to its queue. The interrupted attempt does not count. The status of the run is QUEUED. */
  | 'REQUEUED'
  /** An operator queued the ended run again, for one more attempt. Its status is QUEUED. */
  | 'RETRIED'
  /** An attempt failed, and the next one is due at runAt. The status of the run is QUEUED. */
  | 'RETRY_SCHEDULED'
  /** A worker claimed the run and started an attempt. Its status is RUNNING. */
  | 'STARTED'
  /** The worker of the run died or lost its lease, so the run was returned to its queue. Its status is QUEUED. */
  | 'WORKER_LOST';

/** Excludes runs from a filter. At least one condition is required. A run that meets all conditions is excluded; the conditions are those of RunFilter. */
export type RunExclusion = {
  /** Matches runs of one of these attachments. */
  attachmentId?: Array<string> | null | undefined;
  /** Matches runs with one of these channels. */
  channel?: Array<string> | null | undefined;
  /** Matches runs that ended at or after this time. */
  completedAfter?: string | null | undefined;
  /** Matches runs that ended before this time. */
  completedBefore?: string | null | undefined;
  /** Matches runs of one of these components, by id. */
  componentId?: Array<string> | null | undefined;
  /** Matches runs of one of these components, by key. */
  componentKey?: Array<string> | null | undefined;
  /** Matches runs whose context, as the API shows it, contains this JSON, such as {"checkout": {"id": "p-1"}}. */
  context?: { [key: string]: any } | null | undefined;
  /** Matches runs whose error has one of these codes. */
  errorCode?: Array<RunErrorCode> | null | undefined;
  /** Matches runs of one of these groups. */
  groupId?: Array<string> | null | undefined;
  /** Matches runs that were enqueued with one of these idempotency keys. */
  idempotencyKey?: Array<string> | null | undefined;
  /** Matches runs whose inputPayload, as the API shows it, contains this JSON: each key with its value, and each item of a list somewhere in the list (PostgreSQL's jsonb @>). */
  inputPayload?: { [key: string]: any } | null | undefined;
  /** Matches runs whose metadata contains this JSON, such as {"initiator": "checkout"}. */
  metadata?: { [key: string]: any } | null | undefined;
  /** Matches runs of one of these orders. */
  orderId?: Array<string> | null | undefined;
  /** Matches runs of the orders with one of these numbers. */
  orderNumber?: Array<string> | null | undefined;
  /** Matches runs with one of these priorities. */
  priority?: Array<RunPriority> | null | undefined;
  /** Matches runs of one of these products. */
  productId?: Array<string> | null | undefined;
  /** Matches runs enqueued at or after this time. */
  queuedAfter?: string | null | undefined;
  /** Matches runs enqueued before this time. */
  queuedBefore?: string | null | undefined;
  /** Matches the replays of one of these runs. */
  replayOfId?: Array<string> | null | undefined;
  /** Matches the runs with these ids. */
  runId?: Array<string> | null | undefined;
  /** Matches runs of one of these shops. Runs without a shop match none. */
  shop?: Array<string> | null | undefined;
  /** Matches runs with one of these statuses. */
  status?: Array<RunStatus> | null | undefined;
  /** Matches runs with one of these triggers. */
  trigger?: Array<Trigger> | null | undefined;
};

/** Selects runs, or the events of runs. All conditions must hold. A list matches any of its members, at most 1,000; [] matches nothing; null is no condition. For events, status and errorCode refer to the event, and all other conditions to its run; the priority is the one that the run has when its event is read. */
export type RunFilter = {
  /** Matches runs of one of these attachments. */
  attachmentId?: Array<string> | null | undefined;
  /** Matches runs with one of these channels. */
  channel?: Array<string> | null | undefined;
  /** Matches runs that ended at or after this time. */
  completedAfter?: string | null | undefined;
  /** Matches runs that ended before this time. */
  completedBefore?: string | null | undefined;
  /** Matches runs of one of these components, by id. */
  componentId?: Array<string> | null | undefined;
  /** Matches runs of one of these components, by key. */
  componentKey?: Array<string> | null | undefined;
  /** Matches runs whose context, as the API shows it, contains this JSON, such as {"checkout": {"id": "p-1"}}. */
  context?: { [key: string]: any } | null | undefined;
  /** Matches runs whose error has one of these codes. */
  errorCode?: Array<RunErrorCode> | null | undefined;
  /** Matches runs of one of these groups. */
  groupId?: Array<string> | null | undefined;
  /** Matches runs that were enqueued with one of these idempotency keys. */
  idempotencyKey?: Array<string> | null | undefined;
  /** Matches runs whose inputPayload, as the API shows it, contains this JSON: each key with its value, and each item of a list somewhere in the list (PostgreSQL's jsonb @>). */
  inputPayload?: { [key: string]: any } | null | undefined;
  /** Matches runs whose metadata contains this JSON, such as {"initiator": "checkout"}. */
  metadata?: { [key: string]: any } | null | undefined;
  /** Excludes the runs that meet all conditions of one of these items, at most 20. To exclude runs that meet one of several conditions, set each condition in an item of its own. */
  not?: Array<RunExclusion> | null | undefined;
  /** Matches runs of one of these orders. */
  orderId?: Array<string> | null | undefined;
  /** Matches runs of the orders with one of these numbers. */
  orderNumber?: Array<string> | null | undefined;
  /** Matches runs with one of these priorities. */
  priority?: Array<RunPriority> | null | undefined;
  /** Matches runs of one of these products. */
  productId?: Array<string> | null | undefined;
  /** Matches runs enqueued at or after this time. */
  queuedAfter?: string | null | undefined;
  /** Matches runs enqueued before this time. */
  queuedBefore?: string | null | undefined;
  /** Matches the replays of one of these runs. */
  replayOfId?: Array<string> | null | undefined;
  /** Matches the runs with these ids. */
  runId?: Array<string> | null | undefined;
  /** Matches runs whose idempotencyKey or order number is this text, or whose id begins with it, if it has at least 8 characters. At most 255 characters; space around the text is ignored, and a blank text is no condition. */
  search?: string | null | undefined;
  /** Matches runs of one of these shops. Runs without a shop match none. */
  shop?: Array<string> | null | undefined;
  /** Matches runs with one of these statuses. */
  status?: Array<RunStatus> | null | undefined;
  /** Matches runs with one of these triggers. */
  trigger?: Array<Trigger> | null | undefined;
};

/** The mutation that enqueued the runs of a group. */
export type RunGroupKind =
  /** The runs were enqueued by runOrderAutomation. */
  | 'AUTOMATION'
  /** The runs were enqueued by enqueueCheckoutRuns. */
  | 'CHECKOUT';

/** An automation over a recorded order. */
export type RunOrderAutomationInput = {
  /** The channel of the runs, at most 128 characters. Defaults to null, which skips the check of channels. */
  channel?: string | null | undefined;
  /** Enqueues runs only for attachments of these components. Defaults to all components. */
  componentId?: Array<string> | null | undefined;
  /** A key that makes the request safe to repeat, at most 255 characters. The same key with the same input returns the first group, with deduplicated: true. The same key with another input fails with IDEMPOTENCY_CONFLICT. */
  idempotencyKey?: string | null | undefined;
  /** JSON to merge into the metadata {"initiator": "order_automation"} of the runs; its keys win. At most 256 KiB. */
  metadata?: { [key: string]: any } | null | undefined;
  /** The id of the order. It must be of the shop. */
  orderId: string;
  /** The shop: 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-". Defaults to null, no shop. */
  shop?: string | null | undefined;
  /** Enqueues runs only for the lines with this SKU. Defaults to all lines. */
  sku?: string | null | undefined;
};

/** The priority of a run. Due runs with a higher priority are started first. */
export type RunPriority =
  /** The priority of runs from enqueueCheckoutRuns. */
  | 'HIGH'
  /** The priority of runs from bulk operations. */
  | 'LOW'
  /** The default priority. */
  | 'NORMAL';

/** A range of time, at most 366 days, divided into parts of the same length. */
export type RunStatsRange = {
  /** The most parts, from 1 to 200. Defaults to 60. */
  buckets?: number | null | undefined;
  /** The start of the range. */
  from: string;
  /** The end of the range, exclusive. null is now. */
  to?: string | null | undefined;
};

/** The status of a run. COMPLETED, FAILED and CANCELED are terminal: only retryRun leads out of FAILED and CANCELED, and nothing leads out of COMPLETED. */
export type RunStatus =
  /** The run was canceled on request. */
  | 'CANCELED'
  /** The script runner returned a result. */
  | 'COMPLETED'
  /** The last attempt failed, and no retry follows. */
  | 'FAILED'
  /** The run waits for its runAt, and then for a worker. */
  | 'QUEUED'
  /** A worker executes the run. */
  | 'RUNNING';

/** The product to create or update, found by its SKU within its shop. Fields that are omitted or null keep their stored values. */
export type SaveProductInput = {
  /** The attributes of the product, at most 256 KiB of JSON. They replace the stored ones. Defaults for a new product to {}. */
  attributes?: { [key: string]: any } | null | undefined;
  /** The revision that you expect to be stored; 0 means that the product must not exist yet. If it differs, the result is CONFLICT with the stored product, and nothing is changed. Omit it to save over any revision. */
  expectedRevision?: number | null | undefined;
  /** The attachments of the product, at most 200. The list replaces the whole stored list: attachments that are not in it are removed from the product. */
  journeyComponents?: Array<AttachmentInput> | null | undefined;
  /** The shop: 1 to 64 of A-Z, a-z, 0-9, ".", "_" and "-". Defaults to null, no shop. */
  shop?: string | null | undefined;
  /** The SKU of the product, unique within its shop, at most 200 characters. Surrounding white space is removed. */
  sku: string;
  /** The slug of the product, unique within its shop: letters, digits, ".", "_", "~" and "-", at most 200 characters. Defaults for a new product to a slug made from the SKU. */
  slug?: string | null | undefined;
  /** The title of the product, at most 500 characters. Defaults for a new product to the SKU. */
  title?: string | null | undefined;
};

/** The view to save. It replaces the view of the page that you saved under that name. */
export type SaveViewInput = {
  /** The address of the view within the page, at most 8,000 characters. */
  address: string;
  /** If true, everybody sees the view. Defaults to false. */
  isShared?: boolean | null | undefined;
  /** The name of the view, at most 100 characters. */
  name: string;
  /** The page of the view, at most 50 characters. */
  page: string;
};

/** The script that the script runner executes. The service sends these fields to the script runner and does not interpret them. */
export type ScriptInput = {
  /** JSON to store with the script, at most 256 KiB. Defaults to {}. */
  metadata?: { [key: string]: any } | null | undefined;
  /** The runtime that the script needs, such as node-22, at most 100 characters. */
  runtime: string;
  /** The name of the script, such as gift/note, at most 200 characters. */
  slug: string;
  /** The version of the script, at most 100 characters. Defaults to null. */
  version?: string | null | undefined;
};

/** How scripts are executed. */
export type ScriptRunnerKind =
  /** No script is executed: each call returns its own request. For trying the service out, without a script host. */
  | 'ECHO'
  /** A script host executes the scripts, over HTTP. */
  | 'HTTP';

/** A binding that refers to a stored secret. */
export type SecretBindingInput = {
  /** The name of the input to fill, at most 128 characters. It must be unique within the list of bindings. */
  inputKey: string;
  /** The name of the secret, as saveSecret stores it. It may be saved later. */
  name: string;
  /** If true, an attempt fails with BINDING_UNRESOLVED when no such secret is stored. Defaults to true. */
  required?: boolean | null | undefined;
};

/** A binding whose value is a literal. */
export type StaticBindingInput = {
  /** The name of the input to fill, at most 128 characters. It must be unique within the list of bindings. */
  inputKey: string;
  /** If true, an attempt fails when the binding finds no value. A static binding always has a value. Defaults to true. */
  required?: boolean | null | undefined;
  /** If true, only the script receives the value, and responses show null. Defaults to false. */
  secret?: boolean | null | undefined;
  /** The value of the input: any JSON, at most 256 KiB. Omit it for a secret binding to use the stored secret of the same inputKey. */
  value?: any;
};

/** An event that may start a run of a component. */
export type Trigger =
  /** An automation over a recorded order, by runOrderAutomation. */
  | 'AUTOMATION'
  /** A checkout, by enqueueCheckoutRuns. */
  | 'CHECKOUT'
  /** A person who operates the shop, by enqueueRun or runOrderAutomation. */
  | 'OPERATOR'
  /** The time after a checkout: enqueueCheckoutRuns, and later runOrderAutomation. */
  | 'POST_CHECKOUT'
  /** A preset of the shop. Clients enqueue these runs by enqueueRun. */
  | 'PRESET';

/** The changes of a component. Fields you omit keep their stored values. null clears description and timeoutSeconds; for other fields, null is the same as omitting them. */
export type UpdateComponentInput = {
  /** A text about the component, for people, at most 10,000 characters. */
  description?: string | null | undefined;
  /** The version that you expect to be current. If another one is, the result is CONFLICT with the stored component, and nothing is changed. Omit it to update any version. */
  expectedVersion?: number | null | undefined;
  /** The JSON Schema (draft 2020-12) that the inputs of the script must match, at most 256 KiB. Defaults to {}, which accepts every object. docs/json-schema.md lists what is supported. */
  inputSchema?: { [key: string]: any } | null | undefined;
  /** The name of the component, for people, at most 200 characters. */
  name?: string | null | undefined;
  /** The external providers that the script uses: at most 100, each key once. Defaults to none. */
  providerDependencies?: Array<ProviderDependencyInput> | null | undefined;
  /** The rules by which failed attempts are retried. Defaults to 1 attempt, without retries. */
  retryPolicy?: RetryPolicyInput | null | undefined;
  /** The script that the script runner executes. It replaces the stored script as a whole. */
  script?: ScriptInput | null | undefined;
  /** The time limit of one attempt at the script runner, from 0.1 to 3600 seconds. Defaults to the service's JOURNEY_RUNTIME_RUNNER_TIMEOUT_SECONDS. */
  timeoutSeconds?: number | null | undefined;
  /** The events that may start a run of the component. Duplicates are removed. */
  triggers?: Array<Trigger> | null | undefined;
};

/** The changes of a principal. Fields you omit keep their stored values. null in channels stands for all channels; for other fields, null is the same as omitting them. */
export type UpdatePrincipalInput = {
  /** The only channels whose runs and orders the principal may use, at most 100. */
  channels?: Array<string> | null | undefined;
  /** The revision that you expect to be stored. If another one is, the result is CONFLICT, and nothing is changed. Omit it to change any revision. */
  expectedRevision?: number | null | undefined;
  /** The name of the principal, for people. At most 200 characters. */
  name?: string | null | undefined;
  /** The permissions besides those of the roles, in place of the stored ones. */
  permissions?: Array<Permission> | null | undefined;
  /** The roles of the principal, in place of the stored ones. */
  roles?: Array<Role> | null | undefined;
};

/** The kind of a user error. */
export type UserErrorCode =
  /** Another object already has this unique value. */
  | 'ALREADY_EXISTS'
  /** The component is archived. Restore it, or choose another one. */
  | 'ARCHIVED'
  /** The attachment is not eligible for the channel. */
  | 'CHANNEL_NOT_ELIGIBLE'
  /** The attachment belongs to another component than the one given. */
  | 'COMPONENT_MISMATCH'
  /** The stored state does not allow the change, for example because another client changed the object first. Read the object again. */
  | 'CONFLICT'
  /** A different request was stored under this idempotency key or order number. Use a new key, or send the same request again. */
  | 'IDEMPOTENCY_CONFLICT'
  /** The value is not valid. The message says what is allowed. */
  | 'INVALID'
  /** The run has ended, so it cannot be canceled. */
  | 'NOT_CANCELABLE'
  /** There is no object with this id. */
  | 'NOT_FOUND'
  /** The run cannot be retried: it is not FAILED or CANCELED, or its order was forgotten. */
  | 'NOT_RETRYABLE'
  /** The attachment belongs to another product than the one given. */
  | 'PRODUCT_MISMATCH'
  /** The value is larger than allowed. */
  | 'TOO_LARGE';

export type AuditObjects_AuditEntryFragment = { objectType: string | null, objectIds: Array<string> } & { ' $fragmentName'?: 'AuditObjects_AuditEntryFragment' };

export type AuditPage_QueryQueryVariables = Exact<{
  where?: AuditFilter | null | undefined;
  after?: string | null | undefined;
  isNamed: boolean;
}>;


export type AuditPage_QueryQuery = { auditLog: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'AuditPage_ObjectsFragment': AuditPage_ObjectsFragment;'AuditRow_AuditEntryFragment': AuditRow_AuditEntryFragment } }
    )> } | null, principals?: { nodes: Array<{ id: string, name: string }> } | null };

export type AuditPage_ObjectsFragment = { action: string, objectType: string | null, objectIds: Array<string> } & { ' $fragmentName'?: 'AuditPage_ObjectsFragment' };

export type AuditRow_AuditEntryFragment = (
  { at: string, principal: string | null, address: string | null, action: string, rejected: boolean, times: number }
  & { ' $fragmentRefs'?: { 'AuditObjects_AuditEntryFragment': AuditObjects_AuditEntryFragment;'StateHashes_AuditEntryFragment': StateHashes_AuditEntryFragment } }
) & { ' $fragmentName'?: 'AuditRow_AuditEntryFragment' };

export type StateHashes_AuditEntryFragment = { hashBefore: string | null, hashAfter: string | null, requestId: string | null } & { ' $fragmentName'?: 'StateHashes_AuditEntryFragment' };

export type ObjectNames_QueryQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ObjectNames_QueryQuery = { nodes: Array<
    | { __typename: 'Attachment', id: string }
    | { __typename: 'BulkOperation', id: string }
    | { __typename: 'Component', key: string, shop: string | null, id: string }
    | { __typename: 'ComponentVersion', id: string }
    | { __typename: 'Order', number: string, shop: string | null, id: string }
    | { __typename: 'Product', sku: string, shop: string | null, id: string }
    | { __typename: 'Run', id: string, component: { name: string } }
    | { __typename: 'RunGroup', id: string }
   | null> };

export type BulkItems_QueryQueryVariables = Exact<{
  id: string;
  status?: Array<BulkOperationItemStatus> | BulkOperationItemStatus | null | undefined;
  after?: string | null | undefined;
  orders: boolean;
}>;


export type BulkItems_QueryQuery = { feedCursor: string | null, bulkOperation: { items: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ position: number, status: BulkOperationItemStatus, reason: string | null, runId: string, run: (
          { id: string, component: { name: string }, product: { title: string } | null, order?: { number: string } | null, latestReplay: { ' $fragmentRefs'?: { 'RunChip_RunFragment': RunChip_RunFragment;'ReplayLink_RunFragment': ReplayLink_RunFragment } } | null }
          & { ' $fragmentRefs'?: { 'RunChip_RunFragment': RunChip_RunFragment;'ReplayChanges_RunFragment': ReplayChanges_RunFragment } }
        ) | null }> } } | null };

export type BulkOperationPage_FieldsFragment = (
  { kind: BulkOperationKind, status: BulkOperationStatus, actor: string | null, reason: string | null, where?: { [key: string]: any } | null, createdAt: string, expected: number, done: number, skipped: number, failed: number }
  & { ' $fragmentRefs'?: { 'BulkProgress_BulkOperationFragment': BulkProgress_BulkOperationFragment } }
) & { ' $fragmentName'?: 'BulkOperationPage_FieldsFragment' };

export type BulkOperationPage_QueryQueryVariables = Exact<{
  id: string;
  payloads: boolean;
}>;


export type BulkOperationPage_QueryQuery = { bulkOperation: { ' $fragmentRefs'?: { 'BulkOperationPage_FieldsFragment': BulkOperationPage_FieldsFragment } } | null };

export type BulkOperationPage_WatchSubscriptionVariables = Exact<{
  id: string;
  payloads: boolean;
}>;


export type BulkOperationPage_WatchSubscription = { bulkOperationUpdated: { ' $fragmentRefs'?: { 'BulkOperationPage_FieldsFragment': BulkOperationPage_FieldsFragment } } };

export type BulkOperationPage_AbortMutationVariables = Exact<{
  id: string;
}>;


export type BulkOperationPage_AbortMutation = { abortBulkOperation: { operation: { id: string } | null, userErrors: Array<{ message: string }> } | null };

export type BulkOutcome_CountsSubscriptionVariables = Exact<{
  where: RunFilter;
}>;


export type BulkOutcome_CountsSubscription = { runCounts: { completed: { count: number }, failed: { count: number }, canceled: { count: number }, running: { count: number }, queued: { count: number } } };

export type BulkPage_QueryQueryVariables = Exact<{
  status?: Array<BulkOperationStatus> | BulkOperationStatus | null | undefined;
  after?: string | null | undefined;
  payloads: boolean;
}>;


export type BulkPage_QueryQuery = { feedCursor: string | null, bulkOperations: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'BulkRow_BulkOperationFragment': BulkRow_BulkOperationFragment } }
    )> } | null };

export type BulkProgress_BulkOperationFragment = { status: BulkOperationStatus, expected: number, done: number, skipped: number, failed: number } & { ' $fragmentName'?: 'BulkProgress_BulkOperationFragment' };

export type BulkRow_BulkOperationFragment = (
  { id: string, kind: BulkOperationKind, actor: string | null, reason: string | null, where?: { [key: string]: any } | null, createdAt: string, expected: number, done: number, skipped: number, failed: number }
  & { ' $fragmentRefs'?: { 'BulkProgress_BulkOperationFragment': BulkProgress_BulkOperationFragment } }
) & { ' $fragmentName'?: 'BulkRow_BulkOperationFragment' };

export type ChangedRuns_QueryQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
  status?: Array<BulkOperationItemStatus> | BulkOperationItemStatus | null | undefined;
}>;


export type ChangedRuns_QueryQuery = { bulkOperation: { items: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ status: BulkOperationItemStatus, runId: string, run: { status: RunStatus, latestReplay: { id: string, status: RunStatus } | null } | null }> } } | null };

export type ArchiveButton_ComponentFragment = { id: string, name: string, archivedAt: string | null } & { ' $fragmentName'?: 'ArchiveButton_ComponentFragment' };

export type ArchiveButton_RestoreMutationVariables = Exact<{
  id: string;
}>;


export type ArchiveButton_RestoreMutation = { restoreComponent: { userErrors: Array<{ message: string }> } | null };

export type ArchiveDialog_ComponentFragment = { attachments: { totalCount: number, totalCountExact: boolean, nodes: Array<{ id: string, product: { title: string } }> }, runs?: { totalCount: number, totalCountExact: boolean } } & { ' $fragmentName'?: 'ArchiveDialog_ComponentFragment' };

export type ArchiveDialog_QueryQueryVariables = Exact<{
  id: string;
  runs: boolean;
}>;


export type ArchiveDialog_QueryQuery = { component: { ' $fragmentRefs'?: { 'ArchiveDialog_ComponentFragment': ArchiveDialog_ComponentFragment } } | null };

export type ArchiveDialog_ArchiveMutationVariables = Exact<{
  id: string;
}>;


export type ArchiveDialog_ArchiveMutation = { archiveComponent: { userErrors: Array<{ message: string }> } | null };

export type AttachedProducts_ComponentFragment = { key: string, shop: string | null, attachedTo: { totalCount: number, totalCountExact: boolean, pageInfo: { hasNextPage: boolean }, nodes: Array<{ id: string, product: { sku: string, shop: string | null, title: string, problems: Array<{ attachment: { id: string } }> } }> } } & { ' $fragmentName'?: 'AttachedProducts_ComponentFragment' };

export type ComponentEditor_ComponentFragment = (
  { id: string, key: string, shop: string | null, name: string, version: number, archivedAt: string | null, description: string | null, triggers: Array<Trigger>, timeoutSeconds: number, inputSchema: { [key: string]: any }, script: { slug: string, runtime: string, version: string | null, metadata: { [key: string]: any } }, retryPolicy: { maxAttempts: number, backoff: Backoff, initialDelaySeconds: number, maxDelaySeconds: number }, providerDependencies: Array<{ key: string, optional: boolean }> }
  & { ' $fragmentRefs'?: { 'ArchiveButton_ComponentFragment': ArchiveButton_ComponentFragment;'AttachedProducts_ComponentFragment': AttachedProducts_ComponentFragment;'VersionList_ComponentFragment': VersionList_ComponentFragment } }
) & { ' $fragmentName'?: 'ComponentEditor_ComponentFragment' };

export type ComponentEditor_UpdateMutationVariables = Exact<{
  id: string;
  input: UpdateComponentInput;
}>;


export type ComponentEditor_UpdateMutation = { updateComponent: { component: { ' $fragmentRefs'?: { 'ComponentEditor_ComponentFragment': ComponentEditor_ComponentFragment } } | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> }> } | null };

export type ComponentPage_QueryQueryVariables = Exact<{
  key: string;
  shop?: string | null | undefined;
}>;


export type ComponentPage_QueryQuery = { component: (
    { name: string }
    & { ' $fragmentRefs'?: { 'ComponentEditor_ComponentFragment': ComponentEditor_ComponentFragment } }
  ) | null };

export type DefinitionFields_QueryQueryVariables = Exact<{ [key: string]: never; }>;


export type DefinitionFields_QueryQuery = { components: { nodes: Array<{ providerDependencies: Array<{ key: string }> }> } | null };

export type NewComponentPage_RegisterMutationVariables = Exact<{
  input: RegisterComponentInput;
}>;


export type NewComponentPage_RegisterMutation = { registerComponent: { component: { key: string } | null, userErrors: Array<{ message: string, path: Array<string> }> } | null };

export type UpdateEffect_PreviewFragment = { isNewVersion: boolean | null, checkedAttachments: number | null, checkedAll: boolean | null, problems: Array<{ code: LintCode, message: string, attachment: { id: string, product: { sku: string, shop: string | null, title: string } } }> } & { ' $fragmentName'?: 'UpdateEffect_PreviewFragment' };

export type VersionList_ComponentFragment = { versions: { nodes: Array<{ id: string, version: number, createdAt: string, actor: string | null, actorName: string | null, triggers: Array<Trigger>, timeoutSeconds: number, inputSchema: { [key: string]: any }, script: { slug: string, runtime: string, version: string | null, metadata: { [key: string]: any } }, retryPolicy: { maxAttempts: number, backoff: Backoff, initialDelaySeconds: number, maxDelaySeconds: number }, providerDependencies: Array<{ key: string, optional: boolean }> }> } } & { ' $fragmentName'?: 'VersionList_ComponentFragment' };

export type ComponentPreview_QueryQueryVariables = Exact<{
  id: string;
  input: UpdateComponentInput;
  isStored: boolean;
  inputSchema: { [key: string]: any };
  samples: Array<{ [key: string]: any }> | { [key: string]: any };
}>;


export type ComponentPreview_QueryQuery = { previewComponent?: (
    { userErrors: Array<{ message: string, path: Array<string> }> }
    & { ' $fragmentRefs'?: { 'UpdateEffect_PreviewFragment': UpdateEffect_PreviewFragment } }
  ) | null, checkSamples: { results: Array<{ inputErrors: Array<{ path: string, message: string }> }>, userErrors: Array<{ message: string, path: Array<string> }> } | null };

export type ComponentRow_ComponentFragment = (
  { key: string, name: string, shop: string | null, version: number, triggers: Array<Trigger>, archivedAt: string | null, updatedAt: string, attachments: { totalCount: number, totalCountExact: boolean } }
  & { ' $fragmentRefs'?: { 'LastHour_ComponentFragment': LastHour_ComponentFragment } }
) & { ' $fragmentName'?: 'ComponentRow_ComponentFragment' };

export type ComponentsPage_QueryQueryVariables = Exact<{
  search?: string | null | undefined;
  includeArchived?: boolean | null | undefined;
  runs: boolean;
  after?: string | null | undefined;
}>;


export type ComponentsPage_QueryQuery = { components: { totalCount: number, totalCountExact: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'ComponentRow_ComponentFragment': ComponentRow_ComponentFragment } }
    )> } | null };

export type LastHour_ComponentFragment = { key: string, stats?: { completed: number, failed: number, latencyP50Ms: number | null, latencyP95Ms: number | null } } & { ' $fragmentName'?: 'LastHour_ComponentFragment' };

export type DisableDialog_DisableMutationVariables = Exact<{
  id: string;
}>;


export type DisableDialog_DisableMutation = { disablePrincipal: { principal: { id: string } | null, userErrors: Array<{ message: string }> } | null };

export type EditPrincipalDialog_PrincipalFragment = { id: string, revision: number, name: string, roles: Array<Role>, channels: Array<string> | null } & { ' $fragmentName'?: 'EditPrincipalDialog_PrincipalFragment' };

export type EditPrincipalDialog_UpdateMutationVariables = Exact<{
  id: string;
  input: UpdatePrincipalInput;
}>;


export type EditPrincipalDialog_UpdateMutation = { updatePrincipal: { principal: { id: string } | null, userErrors: Array<{ message: string, path: Array<string> }> } | null };

export type KeyRow_ApiKeyFragment = { id: string, environment: string, createdAt: string, lastUsedAt: string | null, expiresAt: string | null, revokedAt: string | null } & { ' $fragmentName'?: 'KeyRow_ApiKeyFragment' };

export type KeyRow_RevokeMutationVariables = Exact<{
  id: string;
}>;


export type KeyRow_RevokeMutation = { revokeApiKey: { apiKey: { id: string } | null, userErrors: Array<{ message: string }> } | null };

export type KeysPage_QueryQueryVariables = Exact<{
  after?: string | null | undefined;
}>;


export type KeysPage_QueryQuery = { channels: Array<string> | null, principals: { totalCount: number, totalCountExact: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'PrincipalCard_PrincipalFragment': PrincipalCard_PrincipalFragment } }
    )> } | null };

export type NewPrincipalDialog_CreateMutationVariables = Exact<{
  input: CreatePrincipalInput;
}>;


export type NewPrincipalDialog_CreateMutation = { createPrincipal: { principal: { id: string } | null, userErrors: Array<{ message: string, path: Array<string> }> } | null };

export type PrincipalCard_PrincipalFragment = (
  { id: string, name: string, kind: PrincipalKind, roles: Array<Role>, permissions: Array<Permission>, channels: Array<string> | null, createdAt: string, disabledAt: string | null, apiKeys: Array<(
    { id: string, revokedAt: string | null, expiresAt: string | null }
    & { ' $fragmentRefs'?: { 'KeyRow_ApiKeyFragment': KeyRow_ApiKeyFragment } }
  )> }
  & { ' $fragmentRefs'?: { 'EditPrincipalDialog_PrincipalFragment': EditPrincipalDialog_PrincipalFragment } }
) & { ' $fragmentName'?: 'PrincipalCard_PrincipalFragment' };

export type NewKey_CreateMutationVariables = Exact<{
  input: CreateApiKeyInput;
}>;


export type NewKey_CreateMutation = { createApiKey: { key: string | null, userErrors: Array<{ message: string }> } | null };

export type ReplayChanges_RunFragment = { id: string, latestReplay: { id: string, replayOf: { id: string } | null } | null } & { ' $fragmentName'?: 'ReplayChanges_RunFragment' };

export type RunChanges_FeedSubscriptionVariables = Exact<{
  where: RunFilter;
  after?: string | null | undefined;
}>;


export type RunChanges_FeedSubscription = { runEvents: { cursor: string } };

export type AutomationDialog_PlanQueryVariables = Exact<{
  input: RunOrderAutomationInput;
  orderId: string;
}>;


export type AutomationDialog_PlanQuery = { channels: Array<string> | null, orderAutomationPlan: Array<(
    { decision: JourneyDecision }
    & { ' $fragmentRefs'?: { 'PlanTable_StepFragment': PlanTable_StepFragment } }
  )> | null, order: { runs: { nodes: Array<{ ' $fragmentRefs'?: { 'PlanTable_RunFragment': PlanTable_RunFragment } }> } } | null };

export type AutomationDialog_ComponentsQueryVariables = Exact<{
  input: RunOrderAutomationInput;
}>;


export type AutomationDialog_ComponentsQuery = { orderAutomationPlan: Array<{ attachment: { component: { id: string, name: string } } | null }> | null };

export type AutomationDialog_RunMutationVariables = Exact<{
  input: RunOrderAutomationInput;
}>;


export type AutomationDialog_RunMutation = { runOrderAutomation: { groupId: string | null, userErrors: Array<{ message: string }> } | null };

export type GroupList_RunGroupFragment = (
  { id: string, kind: RunGroupKind, createdAt: string }
  & { ' $fragmentRefs'?: { 'GroupProgress_RunGroupFragment': GroupProgress_RunGroupFragment } }
) & { ' $fragmentName'?: 'GroupList_RunGroupFragment' };

export type GroupPage_QueryQueryVariables = Exact<{
  id: string;
  payloads: boolean;
  withOpenSteps: boolean;
}>;


export type GroupPage_QueryQuery = { feedCursor: string | null, group: (
    { kind: RunGroupKind, createdAt: string, actor: string | null, order: { id: string, number: string, shop: string | null, lines: Array<{ ' $fragmentRefs'?: { 'OrderJourney_LineFragment': OrderJourney_LineFragment } }> }, runs: { ' $fragmentRefs'?: { 'OrderJourney_RunsFragment': OrderJourney_RunsFragment } }, skipped: { ' $fragmentRefs'?: { 'OrderJourney_SkippedFragment': OrderJourney_SkippedFragment } } }
    & { ' $fragmentRefs'?: { 'GroupProgress_RunGroupFragment': GroupProgress_RunGroupFragment } }
  ) | null };

export type GroupProgress_RunGroupFragment = { counts: { completed: { count: number }, failed: { count: number }, canceled: { count: number }, running: { count: number }, queued: { count: number } }, unsuccessful: { nodes: Array<{ status: RunStatus, latestReplay: { status: RunStatus } | null }> } } & { ' $fragmentName'?: 'GroupProgress_RunGroupFragment' };

export type OrderJourney_LineFragment = { position: number, sku: string | null, quantity: number, payload?: { [key: string]: any }, product: { sku: string, shop: string | null, title: string, journeyComponents?: Array<{ id: string, displayOrder: number, component: { name: string } }> } | null } & { ' $fragmentName'?: 'OrderJourney_LineFragment' };

export type OrderJourney_RunsFragment = { totalCount: number, totalCountExact: boolean, nodes: Array<(
    { id: string, orderLine: { position: number } | null, attachment: { id: string, displayOrder: number } | null, component: { name: string }, replayOf: { id: string } | null }
    & { ' $fragmentRefs'?: { 'StepRun_RunFragment': StepRun_RunFragment } }
  )> } & { ' $fragmentName'?: 'OrderJourney_RunsFragment' };

export type OrderJourney_SkippedFragment = { nodes: Array<{ reason: string | null, line: { position: number }, attachment: { id: string, displayOrder: number, component: { name: string } } | null }> } & { ' $fragmentName'?: 'OrderJourney_SkippedFragment' };

export type OrderPage_QueryQueryVariables = Exact<{
  number: string;
  shop?: string | null | undefined;
  payloads: boolean;
  withOpenSteps: boolean;
}>;


export type OrderPage_QueryQuery = { feedCursor: string | null, order: { id: string, shop: string | null, placedAt: string, forgottenAt: string | null, payload?: { [key: string]: any }, groups: Array<{ ' $fragmentRefs'?: { 'GroupList_RunGroupFragment': GroupList_RunGroupFragment } }>, lines: Array<{ ' $fragmentRefs'?: { 'OrderJourney_LineFragment': OrderJourney_LineFragment } }>, runs: { ' $fragmentRefs'?: { 'OrderJourney_RunsFragment': OrderJourney_RunsFragment } }, skipped: { ' $fragmentRefs'?: { 'OrderJourney_SkippedFragment': OrderJourney_SkippedFragment } } } | null };

export type PlanTable_StepFragment = { decision: JourneyDecision, reason: string | null, line: { position: number, sku: string | null, product: { title: string } | null } | null, attachment: { id: string, component: { name: string } } | null } & { ' $fragmentName'?: 'PlanTable_StepFragment' };

export type PlanTable_RunFragment = { orderLine: { position: number } | null, attachment: { id: string } | null } & { ' $fragmentName'?: 'PlanTable_RunFragment' };

export type StepRun_RunFragment = (
  { id: string, status: RunStatus, error: { message: string } | null, latestReplay: (
    { id: string, status: RunStatus, error: { message: string } | null }
    & { ' $fragmentRefs'?: { 'RunChip_RunFragment': RunChip_RunFragment } }
  ) | null }
  & { ' $fragmentRefs'?: { 'RunChip_RunFragment': RunChip_RunFragment } }
) & { ' $fragmentName'?: 'StepRun_RunFragment' };

export type CheckoutFields_ChannelsQueryVariables = Exact<{ [key: string]: never; }>;


export type CheckoutFields_ChannelsQuery = { channels: Array<string> | null };

export type OrderLines_ProductsQueryVariables = Exact<{
  search?: string | null | undefined;
  shop?: string | null | undefined;
}>;


export type OrderLines_ProductsQuery = { products: { nodes: Array<{ sku: string }> } | null };

export type OrderRow_OrderFragment = { number: string, shop: string | null, placedAt: string, lines: Array<{ sku: string | null, product: { title: string } | null }>, runs: { totalCount: number, nodes: Array<{ status: RunStatus, latestReplay: { status: RunStatus } | null }> } } & { ' $fragmentName'?: 'OrderRow_OrderFragment' };

export type OrdersPage_QueryQueryVariables = Exact<{
  search?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type OrdersPage_QueryQuery = { feedCursor: string | null, orders: { totalCount: number, totalCountExact: boolean, pageInfo: { endCursor: string | null, hasNextPage: boolean }, nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'OrderRow_OrderFragment': OrderRow_OrderFragment } }
    )> } | null };

export type RecordOrder_AloneMutationVariables = Exact<{
  input: RecordOrderInput;
}>;


export type RecordOrder_AloneMutation = { recorded: { order: { number: string, shop: string | null } | null, userErrors: Array<{ message: string }> } | null };

export type RecordOrder_CheckoutMutationVariables = Exact<{
  input: EnqueueCheckoutRunsInput;
}>;


export type RecordOrder_CheckoutMutation = { recorded: { order: { number: string, shop: string | null } | null, userErrors: Array<{ message: string }> } | null };

export type Actor_QueryQueryVariables = Exact<{ [key: string]: never; }>;


export type Actor_QueryQuery = { principals: { nodes: Array<{ id: string, name: string }> } | null };

export type BulkConfirm_PreviewQueryVariables = Exact<{
  kind: BulkOperationKind;
  where: RunFilter;
}>;


export type BulkConfirm_PreviewQuery = { bulkPreview: { expected: number | null, applicable: number | null, byStatus: Array<{ status: RunStatus, count: number, applies: boolean }>, userErrors: Array<{ message: string }> } | null };

export type ReplayLink_RunFragment = { id: string, status: RunStatus, runAt: string, attempt: number, cancelRequestedAt: string | null } & { ' $fragmentName'?: 'ReplayLink_RunFragment' };

export type RunChip_RunFragment = (
  { id: string, status: RunStatus, error: { code: RunErrorCode } | null }
  & { ' $fragmentRefs'?: { 'StatusBadge_RunFragment': StatusBadge_RunFragment } }
) & { ' $fragmentName'?: 'RunChip_RunFragment' };

export type StatusBadge_RunFragment = { status: RunStatus, runAt: string, attempt: number, cancelRequestedAt: string | null } & { ' $fragmentName'?: 'StatusBadge_RunFragment' };

export type EchoRunner_QueryQueryVariables = Exact<{ [key: string]: never; }>;


export type EchoRunner_QueryQuery = { system: { runner: { kind: ScriptRunnerKind } } | null };

export type ReplayedRuns_QueryQueryVariables = Exact<{
  where: RunFilter;
}>;


export type ReplayedRuns_QueryQuery = { runs: { nodes: Array<{ id: string, latestReplay: { id: string, status: RunStatus } | null }> } | null };

export type StartBulk_RetryMutationVariables = Exact<{
  where: RunFilter;
  idempotencyKey?: string | null | undefined;
}>;


export type StartBulk_RetryMutation = { started: { operation: { id: string } | null, userErrors: Array<{ message: string }> } | null };

export type StartBulk_ReplayMutationVariables = Exact<{
  where: RunFilter;
  idempotencyKey?: string | null | undefined;
}>;


export type StartBulk_ReplayMutation = { started: { operation: { id: string } | null, userErrors: Array<{ message: string }> } | null };

export type StartBulk_CancelMutationVariables = Exact<{
  where: RunFilter;
  idempotencyKey?: string | null | undefined;
  reason?: string | null | undefined;
}>;


export type StartBulk_CancelMutation = { started: { operation: { id: string } | null, userErrors: Array<{ message: string }> } | null };

export type AddStep_LinkedQueryVariables = Exact<{
  key: string;
  shop?: string | null | undefined;
}>;


export type AddStep_LinkedQuery = { component: { id: string, key: string, name: string, triggers: Array<Trigger>, inputSchema: { [key: string]: any }, archivedAt: string | null } | null };

export type AddStep_QueryQueryVariables = Exact<{
  search?: string | null | undefined;
  shop?: string | null | undefined;
}>;


export type AddStep_QueryQuery = { components: { nodes: Array<{ id: string, key: string, name: string, triggers: Array<Trigger>, inputSchema: { [key: string]: any } }> } | null };

export type Composer_UpdatedSubscriptionVariables = Exact<{
  id: string;
}>;


export type Composer_UpdatedSubscription = { productUpdated: (
    { revision: number }
    & { ' $fragmentRefs'?: { 'Composer_ProductFragment': Composer_ProductFragment } }
  ) };

export type Composer_ProductFragment = { id: string, sku: string, shop: string | null, title: string, revision: number, attributes: { [key: string]: any }, journeyComponents: Array<{ id: string, channelEligibility: Array<string>, isRequired: boolean, metadata: { [key: string]: any }, component: { id: string, key: string, name: string, triggers: Array<Trigger>, inputSchema: { [key: string]: any }, archivedAt: string | null }, bindings: Array<
      | { __typename: 'ProductFieldBinding', path: string, inputKey: string, required: boolean }
      | { __typename: 'RuntimeBinding', path: string, inputKey: string, required: boolean }
      | { __typename: 'SecretBinding', name: string, inputKey: string, required: boolean }
      | { __typename: 'StaticBinding', value: any, secret: boolean, inputKey: string, required: boolean }
    > }> } & { ' $fragmentName'?: 'Composer_ProductFragment' };

export type ProductPage_QueryQueryVariables = Exact<{
  sku: string;
  shop?: string | null | undefined;
}>;


export type ProductPage_QueryQuery = { product: { ' $fragmentRefs'?: { 'Composer_ProductFragment': Composer_ProductFragment } } | null };

export type RunStepDialog_EnqueueMutationVariables = Exact<{
  input: EnqueueRunInput;
}>;


export type RunStepDialog_EnqueueMutation = { enqueueRun: { run: { id: string } | null, userErrors: Array<{ message: string }> } | null };

export type SampleSelect_QueryQueryVariables = Exact<{
  where: RunFilter;
  cameFrom: RunFilter;
  orders: boolean;
  runs: boolean;
}>;


export type SampleSelect_QueryQuery = { cameFrom?: { nodes: Array<{ ' $fragmentRefs'?: { 'SampleSelect_RunFragment': SampleSelect_RunFragment } }> } | null, orders?: { nodes: Array<{ number: string, payload: { [key: string]: any }, lines: Array<{ sku: string | null, quantity: number, position: number, payload: { [key: string]: any } }> }> } | null, runs?: { nodes: Array<{ ' $fragmentRefs'?: { 'SampleSelect_RunFragment': SampleSelect_RunFragment } }> } | null };

export type SampleSelect_RunFragment = { id: string, queuedAt: string, inputPayload: { [key: string]: any }, context: { [key: string]: any }, metadata: { [key: string]: any } } & { ' $fragmentName'?: 'SampleSelect_RunFragment' };

export type StepEditor_QueryQueryVariables = Exact<{
  runs: boolean;
  secrets: boolean;
}>;


export type StepEditor_QueryQuery = { channels?: Array<string> | null, secrets?: Array<{ name: string }> | null };

export type WatchedRun_RunSubscriptionVariables = Exact<{
  id: string;
  payloads: boolean;
}>;


export type WatchedRun_RunSubscription = { runUpdated: (
    { status: RunStatus, resultPayload?: any, error: { message: string } | null }
    & { ' $fragmentRefs'?: { 'StatusBadge_RunFragment': StatusBadge_RunFragment } }
  ) };

export type StepPreview_QueryQueryVariables = Exact<{
  input: EnqueueRunInput;
  product?: SaveProductInput | null | undefined;
  attachment?: AttachmentInput | null | undefined;
}>;


export type StepPreview_QueryQuery = { previewRun: { request: any, userErrors: Array<{ message: string, path: Array<string> }>, inputErrors: Array<{ path: string, message: string }>, bindings: Array<{ resolved: boolean, value: any, reason: string | null, binding:
        | { inputKey: string, required: boolean }
        | { inputKey: string, required: boolean }
        | { inputKey: string, required: boolean }
        | { inputKey: string, required: boolean }
       }> } | null };

export type Problems_QueryQueryVariables = Exact<{
  sku: string;
  shop?: string | null | undefined;
}>;


export type Problems_QueryQuery = { product: { revision: number, problems: Array<{ message: string, attachment: { id: string } }> } | null };

export type Composer_SaveMutationVariables = Exact<{
  input: SaveProductInput;
}>;


export type Composer_SaveMutation = { saveProduct: { product: { ' $fragmentRefs'?: { 'Composer_ProductFragment': Composer_ProductFragment } } | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> }> } | null };

export type NewProductDialog_SaveMutationVariables = Exact<{
  input: SaveProductInput;
}>;


export type NewProductDialog_SaveMutation = { saveProduct: { product: { sku: string } | null, userErrors: Array<{ message: string, path: Array<string> }> } | null };

export type ProductRow_ProductFragment = { sku: string, shop: string | null, title: string, updatedAt: string, journeyComponents: Array<{ id: string, component: { name: string } }>, problems?: Array<{ code: LintCode, message: string, attachment: { id: string, component: { name: string } } }> } & { ' $fragmentName'?: 'ProductRow_ProductFragment' };

export type ProductsPage_ComponentQueryVariables = Exact<{
  key: string;
  shop?: string | null | undefined;
}>;


export type ProductsPage_ComponentQuery = { component: { id: string, name: string } | null };

export type ProductsPage_QueryQueryVariables = Exact<{
  search?: string | null | undefined;
  componentId?: string | null | undefined;
  hasProblems?: boolean | null | undefined;
  isProblems: boolean;
  after?: string | null | undefined;
}>;


export type ProductsPage_QueryQuery = { products: { totalCount: number, totalCountExact: boolean, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<(
      { id: string }
      & { ' $fragmentRefs'?: { 'ProductRow_ProductFragment': ProductRow_ProductFragment } }
    )> } | null };

export type AttemptLanes_RunFragment = { runAt: string, completedAt: string | null, attempts: Array<{ number: number, startedAt: string, workerId: string | null, idempotencyKey: string | null }>, events: { nodes: Array<{ type: RunEventType, at: string, attempt: number, runAt: string | null, error: { code: RunErrorCode, message: string } | null, telemetry: { latencyMs: number } | null }> } } & { ' $fragmentName'?: 'AttemptLanes_RunFragment' };

type BindingSource_Binding_ProductFieldBinding_Fragment = { __typename: 'ProductFieldBinding', path: string } & { ' $fragmentName'?: 'BindingSource_Binding_ProductFieldBinding_Fragment' };

type BindingSource_Binding_RuntimeBinding_Fragment = { __typename: 'RuntimeBinding', path: string } & { ' $fragmentName'?: 'BindingSource_Binding_RuntimeBinding_Fragment' };

type BindingSource_Binding_SecretBinding_Fragment = { __typename: 'SecretBinding', name: string } & { ' $fragmentName'?: 'BindingSource_Binding_SecretBinding_Fragment' };

type BindingSource_Binding_StaticBinding_Fragment = { __typename: 'StaticBinding', value: any, secret: boolean } & { ' $fragmentName'?: 'BindingSource_Binding_StaticBinding_Fragment' };

export type BindingSource_BindingFragment =
  | BindingSource_Binding_ProductFieldBinding_Fragment
  | BindingSource_Binding_RuntimeBinding_Fragment
  | BindingSource_Binding_SecretBinding_Fragment
  | BindingSource_Binding_StaticBinding_Fragment
;

export type BindingTable_RunFragment = { request: any, resolvedBindings: { [key: string]: any } | null, bindingSnapshot: Array<
    | (
      { inputKey: string, required: boolean }
      & { ' $fragmentRefs'?: { 'BindingSource_Binding_ProductFieldBinding_Fragment': BindingSource_Binding_ProductFieldBinding_Fragment } }
    )
    | (
      { inputKey: string, required: boolean }
      & { ' $fragmentRefs'?: { 'BindingSource_Binding_RuntimeBinding_Fragment': BindingSource_Binding_RuntimeBinding_Fragment } }
    )
    | (
      { inputKey: string, required: boolean }
      & { ' $fragmentRefs'?: { 'BindingSource_Binding_SecretBinding_Fragment': BindingSource_Binding_SecretBinding_Fragment } }
    )
    | (
      { inputKey: string, required: boolean }
      & { ' $fragmentRefs'?: { 'BindingSource_Binding_StaticBinding_Fragment': BindingSource_Binding_StaticBinding_Fragment } }
    )
  > } & { ' $fragmentName'?: 'BindingTable_RunFragment' };

export type CancelDialog_RunFragment = { id: string, status: RunStatus } & { ' $fragmentName'?: 'CancelDialog_RunFragment' };

export type CancelDialog_CancelMutationVariables = Exact<{
  id: string;
  reason?: string | null | undefined;
}>;


export type CancelDialog_CancelMutation = { cancelRun: { run: { id: string } | null, userErrors: Array<{ message: string }> } | null };

export type CopyMenu_RunFragment = { request?: any, channel: string | null, trigger: Trigger | null, inputPayload?: { [key: string]: any }, context?: { [key: string]: any }, metadata?: { [key: string]: any }, component: { id: string }, product: { id: string } | null, attachment: { id: string } | null } & { ' $fragmentName'?: 'CopyMenu_RunFragment' };

export type EventTable_RunFragment = { events: { nodes: Array<{ sequence: number, at: string, type: RunEventType, attempt: number, actor: string | null, reason: string | null, error: { message: string } | null, telemetry: { errorPreview?: string | null } | null }> } } & { ' $fragmentName'?: 'EventTable_RunFragment' };

export type FaultList_RunFragment = { id: string, product: { sku: string, shop: string | null } | null, attachment: { id: string } | null, bindingSnapshot: Array<
    | (
      { inputKey: string }
      & { ' $fragmentRefs'?: { 'BindingSource_Binding_ProductFieldBinding_Fragment': BindingSource_Binding_ProductFieldBinding_Fragment } }
    )
    | (
      { inputKey: string }
      & { ' $fragmentRefs'?: { 'BindingSource_Binding_RuntimeBinding_Fragment': BindingSource_Binding_RuntimeBinding_Fragment } }
    )
    | (
      { inputKey: string }
      & { ' $fragmentRefs'?: { 'BindingSource_Binding_SecretBinding_Fragment': BindingSource_Binding_SecretBinding_Fragment } }
    )
    | (
      { inputKey: string }
      & { ' $fragmentRefs'?: { 'BindingSource_Binding_StaticBinding_Fragment': BindingSource_Binding_StaticBinding_Fragment } }
    )
  > } & { ' $fragmentName'?: 'FaultList_RunFragment' };

export type ReplayDialog_RunFragment = { id: string, request: any, inputPayload: { [key: string]: any }, product: { sku: string, shop: string | null } | null, attachment: { id: string } | null } & { ' $fragmentName'?: 'ReplayDialog_RunFragment' };

export type ReplayDialog_ReplayMutationVariables = Exact<{
  id: string;
  input?: ReplayRunInput | null | undefined;
}>;


export type ReplayDialog_ReplayMutation = { replayRun: { run: { id: string } | null, userErrors: Array<{ message: string }> } | null };

export type RunActions_RunFragment = (
  { id: string, status: RunStatus, forgottenAt: string | null, attachment: { id: string } | null, error: { code: RunErrorCode } | null }
  & { ' $fragmentRefs'?: { 'CancelDialog_RunFragment': CancelDialog_RunFragment;'CopyMenu_RunFragment': CopyMenu_RunFragment } }
) & { ' $fragmentRefs'?: { 'ReplayDialog_RunFragment': ReplayDialog_RunFragment } } & { ' $fragmentName'?: 'RunActions_RunFragment' };

export type RunActions_RetryMutationVariables = Exact<{
  id: string;
}>;


export type RunActions_RetryMutation = { retryRun: { run: { id: string } | null, userErrors: Array<{ message: string }> } | null };

export type RunBody_RunFragment = (
  { id: string, component: { name: string }, replayOf: { id: string } | null }
  & { ' $fragmentRefs'?: { 'StatusBadge_RunFragment': StatusBadge_RunFragment;'RunActions_RunFragment': RunActions_RunFragment;'RunVerdict_RunFragment': RunVerdict_RunFragment;'AttemptLanes_RunFragment': AttemptLanes_RunFragment;'RunFacts_RunFragment': RunFacts_RunFragment;'RunContents_RunFragment': RunContents_RunFragment } }
) & { ' $fragmentName'?: 'RunBody_RunFragment' };

export type RunContents_RunFragment = (
  { request?: any, resultPayload?: any, inputPayload?: { [key: string]: any }, context?: { [key: string]: any }, metadata?: { [key: string]: any } }
  & { ' $fragmentRefs'?: { 'EventTable_RunFragment': EventTable_RunFragment } }
) & { ' $fragmentRefs'?: { 'BindingTable_RunFragment': BindingTable_RunFragment } } & { ' $fragmentName'?: 'RunContents_RunFragment' };

export type RunFacts_RunFragment = { queuedAt: string, startedAt: string | null, completedAt: string | null, channel: string | null, trigger: Trigger | null, priority: RunPriority, groupId: string | null, idempotencyKey: string | null, component: { key: string }, componentVersion: { version: number }, product: { sku: string, shop: string | null, title: string } | null, order?: { number: string, shop: string | null } | null, replays: { nodes: Array<{ id: string }> } } & { ' $fragmentName'?: 'RunFacts_RunFragment' };

export type RunVerdict_RunFragment = { status: RunStatus, attempt: number, maxAttempts: number, lostAttempts: number, runAt: string, startedAt: string | null, completedAt: string | null, cancelRequestedAt: string | null, latestReplay: (
    { status: RunStatus }
    & { ' $fragmentRefs'?: { 'ReplayLink_RunFragment': ReplayLink_RunFragment } }
  ) | null, error: { code: RunErrorCode, message: string, detail?: { [key: string]: any } | null, retryable: boolean } | null, telemetry: { errorPreview?: string | null } | null, events: { nodes: Array<{ type: RunEventType, at: string, attempt: number, runAt: string | null, reason: string | null, error: { code: RunErrorCode, message: string } | null, telemetry: { latencyMs: number } | null }> } } & { ' $fragmentRefs'?: { 'FaultList_RunFragment': FaultList_RunFragment } } & { ' $fragmentName'?: 'RunVerdict_RunFragment' };

export type UseReplayPreview_QueryQueryVariables = Exact<{
  id: string;
  input?: ReplayRunInput | null | undefined;
}>;


export type UseReplayPreview_QueryQuery = { previewReplay: { request: any, userErrors: Array<{ message: string }>, inputErrors: Array<{ path: string, message: string }>, bindings: Array<{ reason: string | null, binding:
        | { path: string, inputKey: string, required: boolean }
        | { path: string, inputKey: string, required: boolean }
        | { inputKey: string, required: boolean }
        | { inputKey: string, required: boolean }
       }> } | null };

export type RunPage_QueryQueryVariables = Exact<{
  id: string;
  payloads: boolean;
  orders: boolean;
}>;


export type RunPage_QueryQuery = { feedCursor: string | null, run: { ' $fragmentRefs'?: { 'ReplayChanges_RunFragment': ReplayChanges_RunFragment;'RunBody_RunFragment': RunBody_RunFragment } } | null };

export type RunPage_FeedSubscriptionVariables = Exact<{
  id: string;
  payloads: boolean;
  orders: boolean;
  after?: string | null | undefined;
}>;


export type RunPage_FeedSubscription = { runEvents: { cursor: string, run: { ' $fragmentRefs'?: { 'ReplayChanges_RunFragment': ReplayChanges_RunFragment;'RunBody_RunFragment': RunBody_RunFragment } } } };

export type EndedChart_BucketFragment = { from: string, completed: number, failed: number, canceled: number } & { ' $fragmentName'?: 'EndedChart_BucketFragment' };

export type ErrorGroupRow_RunErrorGroupFragment = { code: RunErrorCode, message: string, count: number, firstAt: string, lastAt: string, component: { key: string, name: string }, latestRun: { latestReplay: { ' $fragmentRefs'?: { 'ReplayLink_RunFragment': ReplayLink_RunFragment } } | null } | null } & { ' $fragmentName'?: 'ErrorGroupRow_RunErrorGroupFragment' };

export type ErrorGroups_QueryQueryVariables = Exact<{
  where: RunFilter;
}>;


export type ErrorGroups_QueryQuery = { feedCursor: string | null, runErrors: Array<(
    { code: RunErrorCode, message: string, component: { key: string }, latestRun: { ' $fragmentRefs'?: { 'ReplayChanges_RunFragment': ReplayChanges_RunFragment } } | null }
    & { ' $fragmentRefs'?: { 'ErrorGroupRow_RunErrorGroupFragment': ErrorGroupRow_RunErrorGroupFragment } }
  )> | null };

export type FilterEditor_ComponentsQueryVariables = Exact<{
  search?: string | null | undefined;
}>;


export type FilterEditor_ComponentsQuery = { components: { nodes: Array<{ key: string }> } | null };

export type FilterEditor_ProductsQueryVariables = Exact<{
  search?: string | null | undefined;
}>;


export type FilterEditor_ProductsQuery = { products: { nodes: Array<{ sku: string }> } | null };

export type FilterEditor_OrdersQueryVariables = Exact<{
  search?: string | null | undefined;
}>;


export type FilterEditor_OrdersQuery = { orders: { nodes: Array<{ number: string }> } | null };

export type FilterEditor_ChannelsQueryVariables = Exact<{ [key: string]: never; }>;


export type FilterEditor_ChannelsQuery = { channels: Array<string> | null };

export type PathFilterForm_QueryQueryVariables = Exact<{
  where: RunFilter;
  first: number;
}>;


export type PathFilterForm_QueryQuery = { runs: { nodes: Array<{ inputPayload: { [key: string]: any }, metadata: { [key: string]: any }, context: { [key: string]: any } }> } | null };

export type RunOutcome_RunFragment = { status: RunStatus, attempt: number, maxAttempts: number, runAt: string, startedAt: string | null, completedAt: string | null, error: { code: RunErrorCode, message: string } | null } & { ' $fragmentName'?: 'RunOutcome_RunFragment' };

export type RunRow_RunFragment = (
  { queuedAt: string, channel: string | null, trigger: Trigger | null, priority: RunPriority, component: { key: string, name: string }, product: { sku: string, title: string } | null, order?: { number: string } | null }
  & { ' $fragmentRefs'?: { 'StatusBadge_RunFragment': StatusBadge_RunFragment;'RunOutcome_RunFragment': RunOutcome_RunFragment } }
) & { ' $fragmentName'?: 'RunRow_RunFragment' };

export type SaveViewForm_SaveMutationVariables = Exact<{
  input: SaveViewInput;
}>;


export type SaveViewForm_SaveMutation = { saveView: { view: { id: string } | null, userErrors: Array<{ message: string }> } | null };

export type ShownReplays_QueryQueryVariables = Exact<{
  ids: Array<string> | string;
}>;


export type ShownReplays_QueryQuery = { feedCursor: string | null, runs: { nodes: Array<(
      { id: string, latestReplay: { ' $fragmentRefs'?: { 'ReplayLink_RunFragment': ReplayLink_RunFragment } } | null }
      & { ' $fragmentRefs'?: { 'ReplayChanges_RunFragment': ReplayChanges_RunFragment } }
    )> } | null };

export type StatusTabs_CountFragment = { count: number, exact: boolean } & { ' $fragmentName'?: 'StatusTabs_CountFragment' };

export type StatusTabs_CountsSubscriptionVariables = Exact<{
  where?: RunFilter | null | undefined;
}>;


export type StatusTabs_CountsSubscription = { runCounts: { queued: { ' $fragmentRefs'?: { 'StatusTabs_CountFragment': StatusTabs_CountFragment } }, running: { ' $fragmentRefs'?: { 'StatusTabs_CountFragment': StatusTabs_CountFragment } }, completed: { ' $fragmentRefs'?: { 'StatusTabs_CountFragment': StatusTabs_CountFragment } }, failed: { ' $fragmentRefs'?: { 'StatusTabs_CountFragment': StatusTabs_CountFragment } }, canceled: { ' $fragmentRefs'?: { 'StatusTabs_CountFragment': StatusTabs_CountFragment } } } };

export type ViewList_SavedViewFragment = { id: string, name: string, address: string, isOwn: boolean, isShared: boolean } & { ' $fragmentName'?: 'ViewList_SavedViewFragment' };

export type ViewList_DeleteMutationVariables = Exact<{
  id: string;
}>;


export type ViewList_DeleteMutation = { deleteView: { userErrors: Array<{ message: string }> } | null };

export type ViewsButton_QueryQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewsButton_QueryQuery = { savedViews: Array<{ ' $fragmentRefs'?: { 'ViewList_SavedViewFragment': ViewList_SavedViewFragment } }> | null };

export type ListedRun_RunFragment = (
  { id: string, sequence: number, status: RunStatus, priority: RunPriority, completedAt: string | null, error: { code: RunErrorCode } | null }
  & { ' $fragmentRefs'?: { 'RunRow_RunFragment': RunRow_RunFragment } }
) & { ' $fragmentName'?: 'ListedRun_RunFragment' };

export type RunList_PageQueryVariables = Exact<{
  where: RunFilter;
  first: number;
  after?: string | null | undefined;
  orders: boolean;
  isFirst: boolean;
}>;


export type RunList_PageQuery = { feedCursor?: string | null, runs: { totalCount?: number, totalCountExact?: boolean, pageInfo: { endCursor: string | null, hasNextPage: boolean }, nodes: Array<{ ' $fragmentRefs'?: { 'ListedRun_RunFragment': ListedRun_RunFragment } }> } | null };

export type RunList_FeedSubscriptionVariables = Exact<{
  where: RunFilter;
  after?: string | null | undefined;
  orders: boolean;
}>;


export type RunList_FeedSubscription = { runEvents: { cursor: string, run: { ' $fragmentRefs'?: { 'ListedRun_RunFragment': ListedRun_RunFragment } } } };

export type RunList_ProductQueryVariables = Exact<{
  sku: string;
}>;


export type RunList_ProductQuery = { product: { id: string } | null };

export type ChartStats_EndedFragment = { since: string, completed: number, failed: number, latencyP50Ms: number | null, latencyP95Ms: number | null, series: Array<{ ' $fragmentRefs'?: { 'EndedChart_BucketFragment': EndedChart_BucketFragment } }> } & { ' $fragmentName'?: 'ChartStats_EndedFragment' };

export type ChartStats_HourSubscriptionVariables = Exact<{
  where?: RunFilter | null | undefined;
}>;


export type ChartStats_HourSubscription = { runStats: (
    { queued: number, running: number, oldestQueuedSeconds: number | null }
    & { ' $fragmentRefs'?: { 'ChartStats_EndedFragment': ChartStats_EndedFragment } }
  ) };

export type ChartStats_RangeQueryVariables = Exact<{
  where?: RunFilter | null | undefined;
  range: RunStatsRange;
}>;


export type ChartStats_RangeQuery = { runStats: { ' $fragmentRefs'?: { 'ChartStats_EndedFragment': ChartStats_EndedFragment } } | null };

export type ServiceBanners_StatsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ServiceBanners_StatsSubscription = { runStats: { unservedQueues: Array<{ queue: string | null, dueRuns: number }> } };

export type ServiceLine_QueryQueryVariables = Exact<{ [key: string]: never; }>;


export type ServiceLine_QueryQuery = { system: { version: string } | null };

export type ShortLink_QueryQueryVariables = Exact<{
  id: string;
}>;


export type ShortLink_QueryQuery = { runs: { nodes: Array<{ id: string }> } | null };

export type ViewerMark_ViewerFragment = { name: string, channels: Array<string> | null, permissions: Array<Permission> } & { ' $fragmentName'?: 'ViewerMark_ViewerFragment' };

export type Things_RunFragment = { id: string, status: RunStatus, runAt: string, attempt: number, cancelRequestedAt: string | null, queuedAt: string, component: { name: string }, product?: { title: string } | null, order?: { number: string } | null, latestReplay: { status: RunStatus } | null } & { ' $fragmentName'?: 'Things_RunFragment' };

export type Things_QueryQueryVariables = Exact<{
  text: string;
  catalogue: boolean;
  orders: boolean;
}>;


export type Things_QueryQuery = { failed: { nodes: Array<{ ' $fragmentRefs'?: { 'Things_RunFragment': Things_RunFragment } }> } | null, newest: { nodes: Array<{ ' $fragmentRefs'?: { 'Things_RunFragment': Things_RunFragment } }> } | null, order?: { id: string, number: string, placedAt: string, shop: string | null } | null, orders?: { nodes: Array<{ id: string, number: string, placedAt: string, shop: string | null }> } | null, product?: { id: string, sku: string, title: string, shop: string | null } | null, products?: { nodes: Array<{ id: string, sku: string, title: string, shop: string | null }> } | null, component?: { id: string, key: string, name: string, shop: string | null } | null, components?: { nodes: Array<{ id: string, key: string, name: string, shop: string | null }> } | null };

export type Frame_ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type Frame_ViewerQuery = { viewer: (
    { permissions: Array<Permission> }
    & { ' $fragmentRefs'?: { 'ViewerMark_ViewerFragment': ViewerMark_ViewerFragment } }
  ) | null };

export type QueueTable_QueueFragment = { name: string | null, isServed: boolean, oldestDueSeconds: number | null, queued: { count: number, exact: boolean } } & { ' $fragmentName'?: 'QueueTable_QueueFragment' };

export type SystemPage_WatchSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SystemPage_WatchSubscription = { runStats: { unservedQueues: Array<{ queue: string | null }> } };

export type SystemPage_QueryQueryVariables = Exact<{ [key: string]: never; }>;


export type SystemPage_QueryQuery = { feedCursor: string | null, system: { version: string, now: string, feedLagMs: number, retentionDays: number | null, runner: { kind: ScriptRunnerKind, host: string | null }, workers: Array<{ ' $fragmentRefs'?: { 'WorkerTable_WorkerFragment': WorkerTable_WorkerFragment } }>, queues: Array<(
      { name: string | null, isServed: boolean, oldestDueSeconds: number | null }
      & { ' $fragmentRefs'?: { 'QueueTable_QueueFragment': QueueTable_QueueFragment } }
    )> } | null };

export type WorkerTable_WorkerFragment = { workerId: string, host: string, queue: string | null, activeRuns: number, startedAt: string, heartbeatAt: string } & { ' $fragmentName'?: 'WorkerTable_WorkerFragment' };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AuditPage_ObjectsFragmentDoc = new TypedDocumentString(`
    fragment AuditPage_Objects on AuditEntry {
  action
  objectType
  objectIds
}
    `, {"fragmentName":"AuditPage_Objects"}) as unknown as TypedDocumentString<AuditPage_ObjectsFragment, unknown>;
export const AuditObjects_AuditEntryFragmentDoc = new TypedDocumentString(`
    fragment AuditObjects_AuditEntry on AuditEntry {
  objectType
  objectIds
}
    `, {"fragmentName":"AuditObjects_AuditEntry"}) as unknown as TypedDocumentString<AuditObjects_AuditEntryFragment, unknown>;
export const StateHashes_AuditEntryFragmentDoc = new TypedDocumentString(`
    fragment StateHashes_AuditEntry on AuditEntry {
  hashBefore
  hashAfter
  requestId
}
    `, {"fragmentName":"StateHashes_AuditEntry"}) as unknown as TypedDocumentString<StateHashes_AuditEntryFragment, unknown>;
export const AuditRow_AuditEntryFragmentDoc = new TypedDocumentString(`
    fragment AuditRow_AuditEntry on AuditEntry {
  at
  principal
  address
  action
  rejected
  times
  ...AuditObjects_AuditEntry
  ...StateHashes_AuditEntry
}
    fragment AuditObjects_AuditEntry on AuditEntry {
  objectType
  objectIds
}
fragment StateHashes_AuditEntry on AuditEntry {
  hashBefore
  hashAfter
  requestId
}`, {"fragmentName":"AuditRow_AuditEntry"}) as unknown as TypedDocumentString<AuditRow_AuditEntryFragment, unknown>;
export const BulkProgress_BulkOperationFragmentDoc = new TypedDocumentString(`
    fragment BulkProgress_BulkOperation on BulkOperation {
  status
  expected
  done
  skipped
  failed
}
    `, {"fragmentName":"BulkProgress_BulkOperation"}) as unknown as TypedDocumentString<BulkProgress_BulkOperationFragment, unknown>;
export const BulkOperationPage_FieldsFragmentDoc = new TypedDocumentString(`
    fragment BulkOperationPage_Fields on BulkOperation {
  kind
  status
  actor
  reason
  where @include(if: $payloads)
  createdAt
  expected
  done
  skipped
  failed
  ...BulkProgress_BulkOperation
}
    fragment BulkProgress_BulkOperation on BulkOperation {
  status
  expected
  done
  skipped
  failed
}`, {"fragmentName":"BulkOperationPage_Fields"}) as unknown as TypedDocumentString<BulkOperationPage_FieldsFragment, unknown>;
export const BulkRow_BulkOperationFragmentDoc = new TypedDocumentString(`
    fragment BulkRow_BulkOperation on BulkOperation {
  id
  kind
  actor
  reason
  where @include(if: $payloads)
  createdAt
  expected
  done
  skipped
  failed
  ...BulkProgress_BulkOperation
}
    fragment BulkProgress_BulkOperation on BulkOperation {
  status
  expected
  done
  skipped
  failed
}`, {"fragmentName":"BulkRow_BulkOperation"}) as unknown as TypedDocumentString<BulkRow_BulkOperationFragment, unknown>;
export const ArchiveDialog_ComponentFragmentDoc = new TypedDocumentString(`
    fragment ArchiveDialog_Component on Component {
  attachments(first: 8) {
    totalCount
    totalCountExact
    nodes {
      id
      product {
        title
      }
    }
  }
  runs(where: { status: [QUEUED, RUNNING] }, first: 1) @include(if: $runs) {
    totalCount
    totalCountExact
  }
}
    `, {"fragmentName":"ArchiveDialog_Component"}) as unknown as TypedDocumentString<ArchiveDialog_ComponentFragment, unknown>;
export const ArchiveButton_ComponentFragmentDoc = new TypedDocumentString(`
    fragment ArchiveButton_Component on Component {
  id
  name
  archivedAt
}
    `, {"fragmentName":"ArchiveButton_Component"}) as unknown as TypedDocumentString<ArchiveButton_ComponentFragment, unknown>;
export const AttachedProducts_ComponentFragmentDoc = new TypedDocumentString(`
    fragment AttachedProducts_Component on Component {
  key
  shop
  attachedTo: attachments(first: 30) {
    totalCount
    totalCountExact
    pageInfo {
      hasNextPage
    }
    nodes {
      id
      product {
        sku
        shop
        title
        problems {
          attachment {
            id
          }
        }
      }
    }
  }
}
    `, {"fragmentName":"AttachedProducts_Component"}) as unknown as TypedDocumentString<AttachedProducts_ComponentFragment, unknown>;
export const VersionList_ComponentFragmentDoc = new TypedDocumentString(`
    fragment VersionList_Component on Component {
  versions(first: 20) {
    nodes {
      id
      version
      createdAt
      actor
      actorName
      triggers
      timeoutSeconds
      inputSchema
      script {
        slug
        runtime
        version
        metadata
      }
      retryPolicy {
        maxAttempts
        backoff
        initialDelaySeconds
        maxDelaySeconds
      }
      providerDependencies {
        key
        optional
      }
    }
  }
}
    `, {"fragmentName":"VersionList_Component"}) as unknown as TypedDocumentString<VersionList_ComponentFragment, unknown>;
export const ComponentEditor_ComponentFragmentDoc = new TypedDocumentString(`
    fragment ComponentEditor_Component on Component {
  id
  key
  shop
  name
  version
  archivedAt
  description
  triggers
  timeoutSeconds
  inputSchema
  script {
    slug
    runtime
    version
    metadata
  }
  retryPolicy {
    maxAttempts
    backoff
    initialDelaySeconds
    maxDelaySeconds
  }
  providerDependencies {
    key
    optional
  }
  ...ArchiveButton_Component
  ...AttachedProducts_Component
  ...VersionList_Component
}
    fragment ArchiveButton_Component on Component {
  id
  name
  archivedAt
}
fragment AttachedProducts_Component on Component {
  key
  shop
  attachedTo: attachments(first: 30) {
    totalCount
    totalCountExact
    pageInfo {
      hasNextPage
    }
    nodes {
      id
      product {
        sku
        shop
        title
        problems {
          attachment {
            id
          }
        }
      }
    }
  }
}
fragment VersionList_Component on Component {
  versions(first: 20) {
    nodes {
      id
      version
      createdAt
      actor
      actorName
      triggers
      timeoutSeconds
      inputSchema
      script {
        slug
        runtime
        version
        metadata
      }
      retryPolicy {
        maxAttempts
        backoff
        initialDelaySeconds
        maxDelaySeconds
      }
      providerDependencies {
        key
        optional
      }
    }
  }
}`, {"fragmentName":"ComponentEditor_Component"}) as unknown as TypedDocumentString<ComponentEditor_ComponentFragment, unknown>;
export const UpdateEffect_PreviewFragmentDoc = new TypedDocumentString(`
    fragment UpdateEffect_Preview on ComponentPreview {
  isNewVersion
  checkedAttachments
  checkedAll
  problems {
    code
    message
    attachment {
      id
      product {
        sku
        shop
        title
      }
    }
  }
}
    `, {"fragmentName":"UpdateEffect_Preview"}) as unknown as TypedDocumentString<UpdateEffect_PreviewFragment, unknown>;
export const LastHour_ComponentFragmentDoc = new TypedDocumentString(`
    fragment LastHour_Component on Component {
  key
  stats @include(if: $runs) {
    completed
    failed
    latencyP50Ms
    latencyP95Ms
  }
}
    `, {"fragmentName":"LastHour_Component"}) as unknown as TypedDocumentString<LastHour_ComponentFragment, unknown>;
export const ComponentRow_ComponentFragmentDoc = new TypedDocumentString(`
    fragment ComponentRow_Component on Component {
  key
  name
  shop
  version
  triggers
  archivedAt
  updatedAt
  attachments(first: 1) {
    totalCount
    totalCountExact
  }
  ...LastHour_Component
}
    fragment LastHour_Component on Component {
  key
  stats @include(if: $runs) {
    completed
    failed
    latencyP50Ms
    latencyP95Ms
  }
}`, {"fragmentName":"ComponentRow_Component"}) as unknown as TypedDocumentString<ComponentRow_ComponentFragment, unknown>;
export const EditPrincipalDialog_PrincipalFragmentDoc = new TypedDocumentString(`
    fragment EditPrincipalDialog_Principal on Principal {
  id
  revision
  name
  roles
  channels
}
    `, {"fragmentName":"EditPrincipalDialog_Principal"}) as unknown as TypedDocumentString<EditPrincipalDialog_PrincipalFragment, unknown>;
export const KeyRow_ApiKeyFragmentDoc = new TypedDocumentString(`
    fragment KeyRow_ApiKey on ApiKey {
  id
  environment
  createdAt
  lastUsedAt
  expiresAt
  revokedAt
}
    `, {"fragmentName":"KeyRow_ApiKey"}) as unknown as TypedDocumentString<KeyRow_ApiKeyFragment, unknown>;
export const PrincipalCard_PrincipalFragmentDoc = new TypedDocumentString(`
    fragment PrincipalCard_Principal on Principal {
  id
  name
  kind
  roles
  permissions
  channels
  createdAt
  disabledAt
  ...EditPrincipalDialog_Principal
  apiKeys {
    id
    revokedAt
    expiresAt
    ...KeyRow_ApiKey
  }
}
    fragment EditPrincipalDialog_Principal on Principal {
  id
  revision
  name
  roles
  channels
}
fragment KeyRow_ApiKey on ApiKey {
  id
  environment
  createdAt
  lastUsedAt
  expiresAt
  revokedAt
}`, {"fragmentName":"PrincipalCard_Principal"}) as unknown as TypedDocumentString<PrincipalCard_PrincipalFragment, unknown>;
export const ReplayChanges_RunFragmentDoc = new TypedDocumentString(`
    fragment ReplayChanges_Run on Run {
  id
  latestReplay {
    id
    replayOf {
      id
    }
  }
}
    `, {"fragmentName":"ReplayChanges_Run"}) as unknown as TypedDocumentString<ReplayChanges_RunFragment, unknown>;
export const GroupProgress_RunGroupFragmentDoc = new TypedDocumentString(`
    fragment GroupProgress_RunGroup on RunGroup {
  counts {
    completed {
      count
    }
    failed {
      count
    }
    canceled {
      count
    }
    running {
      count
    }
    queued {
      count
    }
  }
  unsuccessful: runs(first: 100, where: { status: [FAILED, CANCELED] }) {
    nodes {
      status
      latestReplay {
        status
      }
    }
  }
}
    `, {"fragmentName":"GroupProgress_RunGroup"}) as unknown as TypedDocumentString<GroupProgress_RunGroupFragment, unknown>;
export const GroupList_RunGroupFragmentDoc = new TypedDocumentString(`
    fragment GroupList_RunGroup on RunGroup {
  id
  kind
  createdAt
  ...GroupProgress_RunGroup
}
    fragment GroupProgress_RunGroup on RunGroup {
  counts {
    completed {
      count
    }
    failed {
      count
    }
    canceled {
      count
    }
    running {
      count
    }
    queued {
      count
    }
  }
  unsuccessful: runs(first: 100, where: { status: [FAILED, CANCELED] }) {
    nodes {
      status
      latestReplay {
        status
      }
    }
  }
}`, {"fragmentName":"GroupList_RunGroup"}) as unknown as TypedDocumentString<GroupList_RunGroupFragment, unknown>;
export const OrderJourney_LineFragmentDoc = new TypedDocumentString(`
    fragment OrderJourney_Line on OrderLine {
  position
  sku
  quantity
  payload @include(if: $payloads)
  product {
    sku
    shop
    title
    journeyComponents @include(if: $withOpenSteps) {
      id
      displayOrder
      component {
        name
      }
    }
  }
}
    `, {"fragmentName":"OrderJourney_Line"}) as unknown as TypedDocumentString<OrderJourney_LineFragment, unknown>;
export const StatusBadge_RunFragmentDoc = new TypedDocumentString(`
    fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}
    `, {"fragmentName":"StatusBadge_Run"}) as unknown as TypedDocumentString<StatusBadge_RunFragment, unknown>;
export const RunChip_RunFragmentDoc = new TypedDocumentString(`
    fragment RunChip_Run on Run {
  id
  status
  error {
    code
  }
  ...StatusBadge_Run
}
    fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}`, {"fragmentName":"RunChip_Run"}) as unknown as TypedDocumentString<RunChip_RunFragment, unknown>;
export const StepRun_RunFragmentDoc = new TypedDocumentString(`
    fragment StepRun_Run on Run {
  id
  status
  error {
    message
  }
  ...RunChip_Run
  latestReplay {
    id
    status
    error {
      message
    }
    ...RunChip_Run
  }
}
    fragment RunChip_Run on Run {
  id
  status
  error {
    code
  }
  ...StatusBadge_Run
}
fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}`, {"fragmentName":"StepRun_Run"}) as unknown as TypedDocumentString<StepRun_RunFragment, unknown>;
export const OrderJourney_RunsFragmentDoc = new TypedDocumentString(`
    fragment OrderJourney_Runs on RunConnection {
  totalCount
  totalCountExact
  nodes {
    id
    orderLine {
      position
    }
    attachment {
      id
      displayOrder
    }
    component {
      name
    }
    replayOf {
      id
    }
    ...StepRun_Run
  }
}
    fragment StepRun_Run on Run {
  id
  status
  error {
    message
  }
  ...RunChip_Run
  latestReplay {
    id
    status
    error {
      message
    }
    ...RunChip_Run
  }
}
fragment RunChip_Run on Run {
  id
  status
  error {
    code
  }
  ...StatusBadge_Run
}
fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}`, {"fragmentName":"OrderJourney_Runs"}) as unknown as TypedDocumentString<OrderJourney_RunsFragment, unknown>;
export const OrderJourney_SkippedFragmentDoc = new TypedDocumentString(`
    fragment OrderJourney_Skipped on SkippedAttachmentConnection {
  nodes {
    reason
    line {
      position
    }
    attachment {
      id
      displayOrder
      component {
        name
      }
    }
  }
}
    `, {"fragmentName":"OrderJourney_Skipped"}) as unknown as TypedDocumentString<OrderJourney_SkippedFragment, unknown>;
export const PlanTable_StepFragmentDoc = new TypedDocumentString(`
    fragment PlanTable_Step on JourneyStep {
  decision
  reason
  line {
    position
    sku
    product {
      title
    }
  }
  attachment {
    id
    component {
      name
    }
  }
}
    `, {"fragmentName":"PlanTable_Step"}) as unknown as TypedDocumentString<PlanTable_StepFragment, unknown>;
export const PlanTable_RunFragmentDoc = new TypedDocumentString(`
    fragment PlanTable_Run on Run {
  orderLine {
    position
  }
  attachment {
    id
  }
}
    `, {"fragmentName":"PlanTable_Run"}) as unknown as TypedDocumentString<PlanTable_RunFragment, unknown>;
export const OrderRow_OrderFragmentDoc = new TypedDocumentString(`
    fragment OrderRow_Order on Order {
  number
  shop
  placedAt
  lines {
    sku
    product {
      title
    }
  }
  runs(first: 20) {
    totalCount
    nodes {
      status
      latestReplay {
        status
      }
    }
  }
}
    `, {"fragmentName":"OrderRow_Order"}) as unknown as TypedDocumentString<OrderRow_OrderFragment, unknown>;
export const Composer_ProductFragmentDoc = new TypedDocumentString(`
    fragment Composer_Product on Product {
  id
  sku
  shop
  title
  revision
  attributes
  journeyComponents {
    id
    channelEligibility
    isRequired
    metadata
    component {
      id
      key
      name
      triggers
      inputSchema
      archivedAt
    }
    bindings {
      __typename
      inputKey
      required
      ... on StaticBinding {
        value
        secret
      }
      ... on SecretBinding {
        name
      }
      ... on RuntimeBinding {
        path
      }
      ... on ProductFieldBinding {
        path
      }
    }
  }
}
    `, {"fragmentName":"Composer_Product"}) as unknown as TypedDocumentString<Composer_ProductFragment, unknown>;
export const SampleSelect_RunFragmentDoc = new TypedDocumentString(`
    fragment SampleSelect_Run on Run {
  id
  queuedAt
  inputPayload
  context
  metadata
}
    `, {"fragmentName":"SampleSelect_Run"}) as unknown as TypedDocumentString<SampleSelect_RunFragment, unknown>;
export const ProductRow_ProductFragmentDoc = new TypedDocumentString(`
    fragment ProductRow_Product on Product {
  sku
  shop
  title
  updatedAt
  journeyComponents {
    id
    component {
      name
    }
  }
  problems @include(if: $isProblems) {
    code
    message
    attachment {
      id
      component {
        name
      }
    }
  }
}
    `, {"fragmentName":"ProductRow_Product"}) as unknown as TypedDocumentString<ProductRow_ProductFragment, unknown>;
export const CancelDialog_RunFragmentDoc = new TypedDocumentString(`
    fragment CancelDialog_Run on Run {
  id
  status
}
    `, {"fragmentName":"CancelDialog_Run"}) as unknown as TypedDocumentString<CancelDialog_RunFragment, unknown>;
export const CopyMenu_RunFragmentDoc = new TypedDocumentString(`
    fragment CopyMenu_Run on Run {
  request @include(if: $payloads)
  channel
  trigger
  inputPayload @include(if: $payloads)
  context @include(if: $payloads)
  metadata @include(if: $payloads)
  component {
    id
  }
  product {
    id
  }
  attachment {
    id
  }
}
    `, {"fragmentName":"CopyMenu_Run"}) as unknown as TypedDocumentString<CopyMenu_RunFragment, unknown>;
export const ReplayDialog_RunFragmentDoc = new TypedDocumentString(`
    fragment ReplayDialog_Run on Run {
  id
  request
  inputPayload
  product {
    sku
    shop
  }
  attachment {
    id
  }
}
    `, {"fragmentName":"ReplayDialog_Run"}) as unknown as TypedDocumentString<ReplayDialog_RunFragment, unknown>;
export const RunActions_RunFragmentDoc = new TypedDocumentString(`
    fragment RunActions_Run on Run {
  id
  status
  forgottenAt
  attachment {
    id
  }
  error {
    code
  }
  ...CancelDialog_Run
  ...CopyMenu_Run
  ...ReplayDialog_Run @include(if: $payloads)
}
    fragment CancelDialog_Run on Run {
  id
  status
}
fragment CopyMenu_Run on Run {
  request @include(if: $payloads)
  channel
  trigger
  inputPayload @include(if: $payloads)
  context @include(if: $payloads)
  metadata @include(if: $payloads)
  component {
    id
  }
  product {
    id
  }
  attachment {
    id
  }
}
fragment ReplayDialog_Run on Run {
  id
  request
  inputPayload
  product {
    sku
    shop
  }
  attachment {
    id
  }
}`, {"fragmentName":"RunActions_Run"}) as unknown as TypedDocumentString<RunActions_RunFragment, unknown>;
export const ReplayLink_RunFragmentDoc = new TypedDocumentString(`
    fragment ReplayLink_Run on Run {
  id
  status
  runAt
  attempt
  cancelRequestedAt
}
    `, {"fragmentName":"ReplayLink_Run"}) as unknown as TypedDocumentString<ReplayLink_RunFragment, unknown>;
export const BindingSource_BindingFragmentDoc = new TypedDocumentString(`
    fragment BindingSource_Binding on Binding {
  __typename
  ... on StaticBinding {
    value
    secret
  }
  ... on SecretBinding {
    name
  }
  ... on RuntimeBinding {
    path
  }
  ... on ProductFieldBinding {
    path
  }
}
    `, {"fragmentName":"BindingSource_Binding"}) as unknown as TypedDocumentString<BindingSource_BindingFragment, unknown>;
export const FaultList_RunFragmentDoc = new TypedDocumentString(`
    fragment FaultList_Run on Run {
  id
  product {
    sku
    shop
  }
  attachment {
    id
  }
  bindingSnapshot {
    inputKey
    ...BindingSource_Binding
  }
}
    fragment BindingSource_Binding on Binding {
  __typename
  ... on StaticBinding {
    value
    secret
  }
  ... on SecretBinding {
    name
  }
  ... on RuntimeBinding {
    path
  }
  ... on ProductFieldBinding {
    path
  }
}`, {"fragmentName":"FaultList_Run"}) as unknown as TypedDocumentString<FaultList_RunFragment, unknown>;
export const RunVerdict_RunFragmentDoc = new TypedDocumentString(`
    fragment RunVerdict_Run on Run {
  status
  latestReplay {
    status
    ...ReplayLink_Run
  }
  attempt
  maxAttempts
  lostAttempts
  runAt
  startedAt
  completedAt
  cancelRequestedAt
  error {
    code
    message
    detail @include(if: $payloads)
    retryable
  }
  telemetry {
    errorPreview @include(if: $payloads)
  }
  events(first: 100) {
    nodes {
      type
      at
      attempt
      runAt
      reason
      error {
        code
        message
      }
      telemetry {
        latencyMs
      }
    }
  }
  ...FaultList_Run @include(if: $payloads)
}
    fragment ReplayLink_Run on Run {
  id
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment BindingSource_Binding on Binding {
  __typename
  ... on StaticBinding {
    value
    secret
  }
  ... on SecretBinding {
    name
  }
  ... on RuntimeBinding {
    path
  }
  ... on ProductFieldBinding {
    path
  }
}
fragment FaultList_Run on Run {
  id
  product {
    sku
    shop
  }
  attachment {
    id
  }
  bindingSnapshot {
    inputKey
    ...BindingSource_Binding
  }
}`, {"fragmentName":"RunVerdict_Run"}) as unknown as TypedDocumentString<RunVerdict_RunFragment, unknown>;
export const AttemptLanes_RunFragmentDoc = new TypedDocumentString(`
    fragment AttemptLanes_Run on Run {
  runAt
  completedAt
  attempts {
    number
    startedAt
    workerId
    idempotencyKey
  }
  events(first: 100) {
    nodes {
      type
      at
      attempt
      runAt
      error {
        code
        message
      }
      telemetry {
        latencyMs
      }
    }
  }
}
    `, {"fragmentName":"AttemptLanes_Run"}) as unknown as TypedDocumentString<AttemptLanes_RunFragment, unknown>;
export const RunFacts_RunFragmentDoc = new TypedDocumentString(`
    fragment RunFacts_Run on Run {
  queuedAt
  startedAt
  completedAt
  channel
  trigger
  priority
  groupId
  idempotencyKey
  component {
    key
  }
  componentVersion {
    version
  }
  product {
    sku
    shop
    title
  }
  order @include(if: $orders) {
    number
    shop
  }
  replays(first: 5) {
    nodes {
      id
    }
  }
}
    `, {"fragmentName":"RunFacts_Run"}) as unknown as TypedDocumentString<RunFacts_RunFragment, unknown>;
export const BindingTable_RunFragmentDoc = new TypedDocumentString(`
    fragment BindingTable_Run on Run {
  request
  resolvedBindings
  bindingSnapshot {
    inputKey
    required
    ...BindingSource_Binding
  }
}
    fragment BindingSource_Binding on Binding {
  __typename
  ... on StaticBinding {
    value
    secret
  }
  ... on SecretBinding {
    name
  }
  ... on RuntimeBinding {
    path
  }
  ... on ProductFieldBinding {
    path
  }
}`, {"fragmentName":"BindingTable_Run"}) as unknown as TypedDocumentString<BindingTable_RunFragment, unknown>;
export const EventTable_RunFragmentDoc = new TypedDocumentString(`
    fragment EventTable_Run on Run {
  events(first: 100) {
    nodes {
      sequence
      at
      type
      attempt
      actor
      reason
      error {
        message
      }
      telemetry {
        errorPreview @include(if: $payloads)
      }
    }
  }
}
    `, {"fragmentName":"EventTable_Run"}) as unknown as TypedDocumentString<EventTable_RunFragment, unknown>;
export const RunContents_RunFragmentDoc = new TypedDocumentString(`
    fragment RunContents_Run on Run {
  request @include(if: $payloads)
  resultPayload @include(if: $payloads)
  inputPayload @include(if: $payloads)
  context @include(if: $payloads)
  metadata @include(if: $payloads)
  ...BindingTable_Run @include(if: $payloads)
  ...EventTable_Run
}
    fragment BindingSource_Binding on Binding {
  __typename
  ... on StaticBinding {
    value
    secret
  }
  ... on SecretBinding {
    name
  }
  ... on RuntimeBinding {
    path
  }
  ... on ProductFieldBinding {
    path
  }
}
fragment BindingTable_Run on Run {
  request
  resolvedBindings
  bindingSnapshot {
    inputKey
    required
    ...BindingSource_Binding
  }
}
fragment EventTable_Run on Run {
  events(first: 100) {
    nodes {
      sequence
      at
      type
      attempt
      actor
      reason
      error {
        message
      }
      telemetry {
        errorPreview @include(if: $payloads)
      }
    }
  }
}`, {"fragmentName":"RunContents_Run"}) as unknown as TypedDocumentString<RunContents_RunFragment, unknown>;
export const RunBody_RunFragmentDoc = new TypedDocumentString(`
    fragment RunBody_Run on Run {
  id
  component {
    name
  }
  replayOf {
    id
  }
  ...StatusBadge_Run
  ...RunActions_Run
  ...RunVerdict_Run
  ...AttemptLanes_Run
  ...RunFacts_Run
  ...RunContents_Run
}
    fragment ReplayLink_Run on Run {
  id
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment AttemptLanes_Run on Run {
  runAt
  completedAt
  attempts {
    number
    startedAt
    workerId
    idempotencyKey
  }
  events(first: 100) {
    nodes {
      type
      at
      attempt
      runAt
      error {
        code
        message
      }
      telemetry {
        latencyMs
      }
    }
  }
}
fragment BindingSource_Binding on Binding {
  __typename
  ... on StaticBinding {
    value
    secret
  }
  ... on SecretBinding {
    name
  }
  ... on RuntimeBinding {
    path
  }
  ... on ProductFieldBinding {
    path
  }
}
fragment BindingTable_Run on Run {
  request
  resolvedBindings
  bindingSnapshot {
    inputKey
    required
    ...BindingSource_Binding
  }
}
fragment CancelDialog_Run on Run {
  id
  status
}
fragment CopyMenu_Run on Run {
  request @include(if: $payloads)
  channel
  trigger
  inputPayload @include(if: $payloads)
  context @include(if: $payloads)
  metadata @include(if: $payloads)
  component {
    id
  }
  product {
    id
  }
  attachment {
    id
  }
}
fragment EventTable_Run on Run {
  events(first: 100) {
    nodes {
      sequence
      at
      type
      attempt
      actor
      reason
      error {
        message
      }
      telemetry {
        errorPreview @include(if: $payloads)
      }
    }
  }
}
fragment FaultList_Run on Run {
  id
  product {
    sku
    shop
  }
  attachment {
    id
  }
  bindingSnapshot {
    inputKey
    ...BindingSource_Binding
  }
}
fragment ReplayDialog_Run on Run {
  id
  request
  inputPayload
  product {
    sku
    shop
  }
  attachment {
    id
  }
}
fragment RunActions_Run on Run {
  id
  status
  forgottenAt
  attachment {
    id
  }
  error {
    code
  }
  ...CancelDialog_Run
  ...CopyMenu_Run
  ...ReplayDialog_Run @include(if: $payloads)
}
fragment RunContents_Run on Run {
  request @include(if: $payloads)
  resultPayload @include(if: $payloads)
  inputPayload @include(if: $payloads)
  context @include(if: $payloads)
  metadata @include(if: $payloads)
  ...BindingTable_Run @include(if: $payloads)
  ...EventTable_Run
}
fragment RunFacts_Run on Run {
  queuedAt
  startedAt
  completedAt
  channel
  trigger
  priority
  groupId
  idempotencyKey
  component {
    key
  }
  componentVersion {
    version
  }
  product {
    sku
    shop
    title
  }
  order @include(if: $orders) {
    number
    shop
  }
  replays(first: 5) {
    nodes {
      id
    }
  }
}
fragment RunVerdict_Run on Run {
  status
  latestReplay {
    status
    ...ReplayLink_Run
  }
  attempt
  maxAttempts
  lostAttempts
  runAt
  startedAt
  completedAt
  cancelRequestedAt
  error {
    code
    message
    detail @include(if: $payloads)
    retryable
  }
  telemetry {
    errorPreview @include(if: $payloads)
  }
  events(first: 100) {
    nodes {
      type
      at
      attempt
      runAt
      reason
      error {
        code
        message
      }
      telemetry {
        latencyMs
      }
    }
  }
  ...FaultList_Run @include(if: $payloads)
}`, {"fragmentName":"RunBody_Run"}) as unknown as TypedDocumentString<RunBody_RunFragment, unknown>;
export const ErrorGroupRow_RunErrorGroupFragmentDoc = new TypedDocumentString(`
    fragment ErrorGroupRow_RunErrorGroup on RunErrorGroup {
  code
  message
  count
  firstAt
  lastAt
  component {
    key
    name
  }
  latestRun {
    latestReplay {
      ...ReplayLink_Run
    }
  }
}
    fragment ReplayLink_Run on Run {
  id
  status
  runAt
  attempt
  cancelRequestedAt
}`, {"fragmentName":"ErrorGroupRow_RunErrorGroup"}) as unknown as TypedDocumentString<ErrorGroupRow_RunErrorGroupFragment, unknown>;
export const StatusTabs_CountFragmentDoc = new TypedDocumentString(`
    fragment StatusTabs_Count on BoundedCount {
  count
  exact
}
    `, {"fragmentName":"StatusTabs_Count"}) as unknown as TypedDocumentString<StatusTabs_CountFragment, unknown>;
export const ViewList_SavedViewFragmentDoc = new TypedDocumentString(`
    fragment ViewList_SavedView on SavedView {
  id
  name
  address
  isOwn
  isShared
}
    `, {"fragmentName":"ViewList_SavedView"}) as unknown as TypedDocumentString<ViewList_SavedViewFragment, unknown>;
export const RunOutcome_RunFragmentDoc = new TypedDocumentString(`
    fragment RunOutcome_Run on Run {
  status
  attempt
  maxAttempts
  runAt
  startedAt
  completedAt
  error {
    code
    message
  }
}
    `, {"fragmentName":"RunOutcome_Run"}) as unknown as TypedDocumentString<RunOutcome_RunFragment, unknown>;
export const RunRow_RunFragmentDoc = new TypedDocumentString(`
    fragment RunRow_Run on Run {
  queuedAt
  channel
  trigger
  priority
  component {
    key
    name
  }
  product {
    sku
    title
  }
  order @include(if: $orders) {
    number
  }
  ...StatusBadge_Run
  ...RunOutcome_Run
}
    fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment RunOutcome_Run on Run {
  status
  attempt
  maxAttempts
  runAt
  startedAt
  completedAt
  error {
    code
    message
  }
}`, {"fragmentName":"RunRow_Run"}) as unknown as TypedDocumentString<RunRow_RunFragment, unknown>;
export const ListedRun_RunFragmentDoc = new TypedDocumentString(`
    fragment ListedRun_Run on Run {
  id
  sequence
  status
  priority
  completedAt
  error {
    code
  }
  ...RunRow_Run
}
    fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment RunOutcome_Run on Run {
  status
  attempt
  maxAttempts
  runAt
  startedAt
  completedAt
  error {
    code
    message
  }
}
fragment RunRow_Run on Run {
  queuedAt
  channel
  trigger
  priority
  component {
    key
    name
  }
  product {
    sku
    title
  }
  order @include(if: $orders) {
    number
  }
  ...StatusBadge_Run
  ...RunOutcome_Run
}`, {"fragmentName":"ListedRun_Run"}) as unknown as TypedDocumentString<ListedRun_RunFragment, unknown>;
export const EndedChart_BucketFragmentDoc = new TypedDocumentString(`
    fragment EndedChart_Bucket on RunStatsBucket {
  from
  completed
  failed
  canceled
}
    `, {"fragmentName":"EndedChart_Bucket"}) as unknown as TypedDocumentString<EndedChart_BucketFragment, unknown>;
export const ChartStats_EndedFragmentDoc = new TypedDocumentString(`
    fragment ChartStats_Ended on RunStats {
  since
  completed
  failed
  latencyP50Ms
  latencyP95Ms
  series {
    ...EndedChart_Bucket
  }
}
    fragment EndedChart_Bucket on RunStatsBucket {
  from
  completed
  failed
  canceled
}`, {"fragmentName":"ChartStats_Ended"}) as unknown as TypedDocumentString<ChartStats_EndedFragment, unknown>;
export const ViewerMark_ViewerFragmentDoc = new TypedDocumentString(`
    fragment ViewerMark_Viewer on Viewer {
  name
  channels
  permissions
}
    `, {"fragmentName":"ViewerMark_Viewer"}) as unknown as TypedDocumentString<ViewerMark_ViewerFragment, unknown>;
export const Things_RunFragmentDoc = new TypedDocumentString(`
    fragment Things_Run on Run {
  id
  status
  runAt
  attempt
  cancelRequestedAt
  queuedAt
  component {
    name
  }
  product @include(if: $catalogue) {
    title
  }
  order @include(if: $orders) {
    number
  }
  latestReplay {
    status
  }
}
    `, {"fragmentName":"Things_Run"}) as unknown as TypedDocumentString<Things_RunFragment, unknown>;
export const QueueTable_QueueFragmentDoc = new TypedDocumentString(`
    fragment QueueTable_Queue on TaskQueue {
  name
  isServed
  oldestDueSeconds
  queued {
    count
    exact
  }
}
    `, {"fragmentName":"QueueTable_Queue"}) as unknown as TypedDocumentString<QueueTable_QueueFragment, unknown>;
export const WorkerTable_WorkerFragmentDoc = new TypedDocumentString(`
    fragment WorkerTable_Worker on Worker {
  workerId
  host
  queue
  activeRuns
  startedAt
  heartbeatAt
}
    `, {"fragmentName":"WorkerTable_Worker"}) as unknown as TypedDocumentString<WorkerTable_WorkerFragment, unknown>;
export const AuditPage_QueryDocument = new TypedDocumentString(`
    query AuditPage_Query($where: AuditFilter, $after: String, $isNamed: Boolean!) {
  auditLog(first: 50, where: $where, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      ...AuditPage_Objects
      ...AuditRow_AuditEntry
    }
  }
  principals(first: 100) @include(if: $isNamed) {
    nodes {
      id
      name
    }
  }
}
    fragment AuditObjects_AuditEntry on AuditEntry {
  objectType
  objectIds
}
fragment AuditPage_Objects on AuditEntry {
  action
  objectType
  objectIds
}
fragment AuditRow_AuditEntry on AuditEntry {
  at
  principal
  address
  action
  rejected
  times
  ...AuditObjects_AuditEntry
  ...StateHashes_AuditEntry
}
fragment StateHashes_AuditEntry on AuditEntry {
  hashBefore
  hashAfter
  requestId
}`) as unknown as TypedDocumentString<AuditPage_QueryQuery, AuditPage_QueryQueryVariables>;
export const ObjectNames_QueryDocument = new TypedDocumentString(`
    query ObjectNames_Query($ids: [ID!]!) {
  nodes(ids: $ids) {
    __typename
    id
    ... on Component {
      key
      shop
    }
    ... on Product {
      sku
      shop
    }
    ... on Order {
      number
      shop
    }
    ... on Run {
      component {
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ObjectNames_QueryQuery, ObjectNames_QueryQueryVariables>;
export const BulkItems_QueryDocument = new TypedDocumentString(`
    query BulkItems_Query($id: ID!, $status: [BulkOperationItemStatus!], $after: String, $orders: Boolean!) {
  feedCursor
  bulkOperation(id: $id) {
    items(first: 100, status: $status, after: $after) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        position
        status
        reason
        runId
        run {
          id
          component {
            name
          }
          product {
            title
          }
          order @include(if: $orders) {
            number
          }
          latestReplay {
            ...RunChip_Run
            ...ReplayLink_Run
          }
          ...RunChip_Run
          ...ReplayChanges_Run
        }
      }
    }
  }
}
    fragment ReplayChanges_Run on Run {
  id
  latestReplay {
    id
    replayOf {
      id
    }
  }
}
fragment ReplayLink_Run on Run {
  id
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment RunChip_Run on Run {
  id
  status
  error {
    code
  }
  ...StatusBadge_Run
}
fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}`) as unknown as TypedDocumentString<BulkItems_QueryQuery, BulkItems_QueryQueryVariables>;
export const BulkOperationPage_QueryDocument = new TypedDocumentString(`
    query BulkOperationPage_Query($id: ID!, $payloads: Boolean!) {
  bulkOperation(id: $id) {
    ...BulkOperationPage_Fields
  }
}
    fragment BulkOperationPage_Fields on BulkOperation {
  kind
  status
  actor
  reason
  where @include(if: $payloads)
  createdAt
  expected
  done
  skipped
  failed
  ...BulkProgress_BulkOperation
}
fragment BulkProgress_BulkOperation on BulkOperation {
  status
  expected
  done
  skipped
  failed
}`) as unknown as TypedDocumentString<BulkOperationPage_QueryQuery, BulkOperationPage_QueryQueryVariables>;
export const BulkOperationPage_WatchDocument = new TypedDocumentString(`
    subscription BulkOperationPage_Watch($id: ID!, $payloads: Boolean!) {
  bulkOperationUpdated(id: $id) {
    ...BulkOperationPage_Fields
  }
}
    fragment BulkOperationPage_Fields on BulkOperation {
  kind
  status
  actor
  reason
  where @include(if: $payloads)
  createdAt
  expected
  done
  skipped
  failed
  ...BulkProgress_BulkOperation
}
fragment BulkProgress_BulkOperation on BulkOperation {
  status
  expected
  done
  skipped
  failed
}`) as unknown as TypedDocumentString<BulkOperationPage_WatchSubscription, BulkOperationPage_WatchSubscriptionVariables>;
export const BulkOperationPage_AbortDocument = new TypedDocumentString(`
    mutation BulkOperationPage_Abort($id: ID!) {
  abortBulkOperation(id: $id) {
    operation {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<BulkOperationPage_AbortMutation, BulkOperationPage_AbortMutationVariables>;
export const BulkOutcome_CountsDocument = new TypedDocumentString(`
    subscription BulkOutcome_Counts($where: RunFilter!) {
  runCounts(where: $where) {
    completed {
      count
    }
    failed {
      count
    }
    canceled {
      count
    }
    running {
      count
    }
    queued {
      count
    }
  }
}
    `) as unknown as TypedDocumentString<BulkOutcome_CountsSubscription, BulkOutcome_CountsSubscriptionVariables>;
export const BulkPage_QueryDocument = new TypedDocumentString(`
    query BulkPage_Query($status: [BulkOperationStatus!], $after: String, $payloads: Boolean!) {
  feedCursor
  bulkOperations(first: 25, status: $status, after: $after) {
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      ...BulkRow_BulkOperation
    }
  }
}
    fragment BulkProgress_BulkOperation on BulkOperation {
  status
  expected
  done
  skipped
  failed
}
fragment BulkRow_BulkOperation on BulkOperation {
  id
  kind
  actor
  reason
  where @include(if: $payloads)
  createdAt
  expected
  done
  skipped
  failed
  ...BulkProgress_BulkOperation
}`) as unknown as TypedDocumentString<BulkPage_QueryQuery, BulkPage_QueryQueryVariables>;
export const ChangedRuns_QueryDocument = new TypedDocumentString(`
    query ChangedRuns_Query($id: ID!, $after: String, $status: [BulkOperationItemStatus!]) {
  bulkOperation(id: $id) {
    items(first: 100, after: $after, status: $status) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        status
        runId
        run {
          status
          latestReplay {
            id
            status
          }
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ChangedRuns_QueryQuery, ChangedRuns_QueryQueryVariables>;
export const ArchiveButton_RestoreDocument = new TypedDocumentString(`
    mutation ArchiveButton_Restore($id: ID!) {
  restoreComponent(id: $id) {
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ArchiveButton_RestoreMutation, ArchiveButton_RestoreMutationVariables>;
export const ArchiveDialog_QueryDocument = new TypedDocumentString(`
    query ArchiveDialog_Query($id: ID!, $runs: Boolean!) {
  component(id: $id) {
    ...ArchiveDialog_Component
  }
}
    fragment ArchiveDialog_Component on Component {
  attachments(first: 8) {
    totalCount
    totalCountExact
    nodes {
      id
      product {
        title
      }
    }
  }
  runs(where: { status: [QUEUED, RUNNING] }, first: 1) @include(if: $runs) {
    totalCount
    totalCountExact
  }
}`) as unknown as TypedDocumentString<ArchiveDialog_QueryQuery, ArchiveDialog_QueryQueryVariables>;
export const ArchiveDialog_ArchiveDocument = new TypedDocumentString(`
    mutation ArchiveDialog_Archive($id: ID!) {
  archiveComponent(id: $id) {
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ArchiveDialog_ArchiveMutation, ArchiveDialog_ArchiveMutationVariables>;
export const ComponentEditor_UpdateDocument = new TypedDocumentString(`
    mutation ComponentEditor_Update($id: ID!, $input: UpdateComponentInput!) {
  updateComponent(id: $id, input: $input) {
    component {
      ...ComponentEditor_Component
    }
    userErrors {
      code
      message
      path
    }
  }
}
    fragment ArchiveButton_Component on Component {
  id
  name
  archivedAt
}
fragment AttachedProducts_Component on Component {
  key
  shop
  attachedTo: attachments(first: 30) {
    totalCount
    totalCountExact
    pageInfo {
      hasNextPage
    }
    nodes {
      id
      product {
        sku
        shop
        title
        problems {
          attachment {
            id
          }
        }
      }
    }
  }
}
fragment ComponentEditor_Component on Component {
  id
  key
  shop
  name
  version
  archivedAt
  description
  triggers
  timeoutSeconds
  inputSchema
  script {
    slug
    runtime
    version
    metadata
  }
  retryPolicy {
    maxAttempts
    backoff
    initialDelaySeconds
    maxDelaySeconds
  }
  providerDependencies {
    key
    optional
  }
  ...ArchiveButton_Component
  ...AttachedProducts_Component
  ...VersionList_Component
}
fragment VersionList_Component on Component {
  versions(first: 20) {
    nodes {
      id
      version
      createdAt
      actor
      actorName
      triggers
      timeoutSeconds
      inputSchema
      script {
        slug
        runtime
        version
        metadata
      }
      retryPolicy {
        maxAttempts
        backoff
        initialDelaySeconds
        maxDelaySeconds
      }
      providerDependencies {
        key
        optional
      }
    }
  }
}`) as unknown as TypedDocumentString<ComponentEditor_UpdateMutation, ComponentEditor_UpdateMutationVariables>;
export const ComponentPage_QueryDocument = new TypedDocumentString(`
    query ComponentPage_Query($key: String!, $shop: String) {
  component(key: $key, shop: $shop) {
    name
    ...ComponentEditor_Component
  }
}
    fragment ArchiveButton_Component on Component {
  id
  name
  archivedAt
}
fragment AttachedProducts_Component on Component {
  key
  shop
  attachedTo: attachments(first: 30) {
    totalCount
    totalCountExact
    pageInfo {
      hasNextPage
    }
    nodes {
      id
      product {
        sku
        shop
        title
        problems {
          attachment {
            id
          }
        }
      }
    }
  }
}
fragment ComponentEditor_Component on Component {
  id
  key
  shop
  name
  version
  archivedAt
  description
  triggers
  timeoutSeconds
  inputSchema
  script {
    slug
    runtime
    version
    metadata
  }
  retryPolicy {
    maxAttempts
    backoff
    initialDelaySeconds
    maxDelaySeconds
  }
  providerDependencies {
    key
    optional
  }
  ...ArchiveButton_Component
  ...AttachedProducts_Component
  ...VersionList_Component
}
fragment VersionList_Component on Component {
  versions(first: 20) {
    nodes {
      id
      version
      createdAt
      actor
      actorName
      triggers
      timeoutSeconds
      inputSchema
      script {
        slug
        runtime
        version
        metadata
      }
      retryPolicy {
        maxAttempts
        backoff
        initialDelaySeconds
        maxDelaySeconds
      }
      providerDependencies {
        key
        optional
      }
    }
  }
}`) as unknown as TypedDocumentString<ComponentPage_QueryQuery, ComponentPage_QueryQueryVariables>;
export const DefinitionFields_QueryDocument = new TypedDocumentString(`
    query DefinitionFields_Query {
  components(first: 100) {
    nodes {
      providerDependencies {
        key
      }
    }
  }
}
    `) as unknown as TypedDocumentString<DefinitionFields_QueryQuery, DefinitionFields_QueryQueryVariables>;
export const NewComponentPage_RegisterDocument = new TypedDocumentString(`
    mutation NewComponentPage_Register($input: RegisterComponentInput!) {
  registerComponent(input: $input) {
    component {
      key
    }
    userErrors {
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<NewComponentPage_RegisterMutation, NewComponentPage_RegisterMutationVariables>;
export const ComponentPreview_QueryDocument = new TypedDocumentString(`
    query ComponentPreview_Query($id: ID!, $input: UpdateComponentInput!, $isStored: Boolean!, $inputSchema: JSONObject!, $samples: [JSONObject!]!) {
  previewComponent(id: $id, input: $input) @include(if: $isStored) {
    ...UpdateEffect_Preview
    userErrors {
      message
      path
    }
  }
  checkSamples(inputSchema: $inputSchema, samples: $samples) {
    results {
      inputErrors {
        path
        message
      }
    }
    userErrors {
      message
      path
    }
  }
}
    fragment UpdateEffect_Preview on ComponentPreview {
  isNewVersion
  checkedAttachments
  checkedAll
  problems {
    code
    message
    attachment {
      id
      product {
        sku
        shop
        title
      }
    }
  }
}`) as unknown as TypedDocumentString<ComponentPreview_QueryQuery, ComponentPreview_QueryQueryVariables>;
export const ComponentsPage_QueryDocument = new TypedDocumentString(`
    query ComponentsPage_Query($search: String, $includeArchived: Boolean, $runs: Boolean!, $after: String) {
  components(
    search: $search
    includeArchived: $includeArchived
    first: 25
    after: $after
  ) {
    totalCount
    totalCountExact
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      ...ComponentRow_Component
    }
  }
}
    fragment ComponentRow_Component on Component {
  key
  name
  shop
  version
  triggers
  archivedAt
  updatedAt
  attachments(first: 1) {
    totalCount
    totalCountExact
  }
  ...LastHour_Component
}
fragment LastHour_Component on Component {
  key
  stats @include(if: $runs) {
    completed
    failed
    latencyP50Ms
    latencyP95Ms
  }
}`) as unknown as TypedDocumentString<ComponentsPage_QueryQuery, ComponentsPage_QueryQueryVariables>;
export const DisableDialog_DisableDocument = new TypedDocumentString(`
    mutation DisableDialog_Disable($id: ID!) {
  disablePrincipal(id: $id) {
    principal {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<DisableDialog_DisableMutation, DisableDialog_DisableMutationVariables>;
export const EditPrincipalDialog_UpdateDocument = new TypedDocumentString(`
    mutation EditPrincipalDialog_Update($id: ID!, $input: UpdatePrincipalInput!) {
  updatePrincipal(id: $id, input: $input) {
    principal {
      id
    }
    userErrors {
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<EditPrincipalDialog_UpdateMutation, EditPrincipalDialog_UpdateMutationVariables>;
export const KeyRow_RevokeDocument = new TypedDocumentString(`
    mutation KeyRow_Revoke($id: ID!) {
  revokeApiKey(id: $id) {
    apiKey {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<KeyRow_RevokeMutation, KeyRow_RevokeMutationVariables>;
export const KeysPage_QueryDocument = new TypedDocumentString(`
    query KeysPage_Query($after: String) {
  channels
  principals(first: 20, after: $after) {
    totalCount
    totalCountExact
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      ...PrincipalCard_Principal
    }
  }
}
    fragment EditPrincipalDialog_Principal on Principal {
  id
  revision
  name
  roles
  channels
}
fragment KeyRow_ApiKey on ApiKey {
  id
  environment
  createdAt
  lastUsedAt
  expiresAt
  revokedAt
}
fragment PrincipalCard_Principal on Principal {
  id
  name
  kind
  roles
  permissions
  channels
  createdAt
  disabledAt
  ...EditPrincipalDialog_Principal
  apiKeys {
    id
    revokedAt
    expiresAt
    ...KeyRow_ApiKey
  }
}`) as unknown as TypedDocumentString<KeysPage_QueryQuery, KeysPage_QueryQueryVariables>;
export const NewPrincipalDialog_CreateDocument = new TypedDocumentString(`
    mutation NewPrincipalDialog_Create($input: CreatePrincipalInput!) {
  createPrincipal(input: $input) {
    principal {
      id
    }
    userErrors {
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<NewPrincipalDialog_CreateMutation, NewPrincipalDialog_CreateMutationVariables>;
export const NewKey_CreateDocument = new TypedDocumentString(`
    mutation NewKey_Create($input: CreateApiKeyInput!) {
  createApiKey(input: $input) {
    key
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<NewKey_CreateMutation, NewKey_CreateMutationVariables>;
export const RunChanges_FeedDocument = new TypedDocumentString(`
    subscription RunChanges_Feed($where: RunFilter!, $after: String) {
  runEvents(where: $where, after: $after) {
    cursor
  }
}
    `) as unknown as TypedDocumentString<RunChanges_FeedSubscription, RunChanges_FeedSubscriptionVariables>;
export const AutomationDialog_PlanDocument = new TypedDocumentString(`
    query AutomationDialog_Plan($input: RunOrderAutomationInput!, $orderId: ID!) {
  channels
  orderAutomationPlan(input: $input) {
    decision
    ...PlanTable_Step
  }
  order(id: $orderId) {
    runs(first: 100) {
      nodes {
        ...PlanTable_Run
      }
    }
  }
}
    fragment PlanTable_Step on JourneyStep {
  decision
  reason
  line {
    position
    sku
    product {
      title
    }
  }
  attachment {
    id
    component {
      name
    }
  }
}
fragment PlanTable_Run on Run {
  orderLine {
    position
  }
  attachment {
    id
  }
}`) as unknown as TypedDocumentString<AutomationDialog_PlanQuery, AutomationDialog_PlanQueryVariables>;
export const AutomationDialog_ComponentsDocument = new TypedDocumentString(`
    query AutomationDialog_Components($input: RunOrderAutomationInput!) {
  orderAutomationPlan(input: $input) {
    attachment {
      component {
        id
        name
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AutomationDialog_ComponentsQuery, AutomationDialog_ComponentsQueryVariables>;
export const AutomationDialog_RunDocument = new TypedDocumentString(`
    mutation AutomationDialog_Run($input: RunOrderAutomationInput!) {
  runOrderAutomation(input: $input) {
    groupId
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<AutomationDialog_RunMutation, AutomationDialog_RunMutationVariables>;
export const GroupPage_QueryDocument = new TypedDocumentString(`
    query GroupPage_Query($id: ID!, $payloads: Boolean!, $withOpenSteps: Boolean!) {
  feedCursor
  group(id: $id) {
    kind
    createdAt
    actor
    ...GroupProgress_RunGroup
    order {
      id
      number
      shop
      lines {
        ...OrderJourney_Line
      }
    }
    runs(first: 100) {
      ...OrderJourney_Runs
    }
    skipped(first: 100) {
      ...OrderJourney_Skipped
    }
  }
}
    fragment GroupProgress_RunGroup on RunGroup {
  counts {
    completed {
      count
    }
    failed {
      count
    }
    canceled {
      count
    }
    running {
      count
    }
    queued {
      count
    }
  }
  unsuccessful: runs(first: 100, where: { status: [FAILED, CANCELED] }) {
    nodes {
      status
      latestReplay {
        status
      }
    }
  }
}
fragment OrderJourney_Line on OrderLine {
  position
  sku
  quantity
  payload @include(if: $payloads)
  product {
    sku
    shop
    title
    journeyComponents @include(if: $withOpenSteps) {
      id
      displayOrder
      component {
        name
      }
    }
  }
}
fragment OrderJourney_Runs on RunConnection {
  totalCount
  totalCountExact
  nodes {
    id
    orderLine {
      position
    }
    attachment {
      id
      displayOrder
    }
    component {
      name
    }
    replayOf {
      id
    }
    ...StepRun_Run
  }
}
fragment OrderJourney_Skipped on SkippedAttachmentConnection {
  nodes {
    reason
    line {
      position
    }
    attachment {
      id
      displayOrder
      component {
        name
      }
    }
  }
}
fragment StepRun_Run on Run {
  id
  status
  error {
    message
  }
  ...RunChip_Run
  latestReplay {
    id
    status
    error {
      message
    }
    ...RunChip_Run
  }
}
fragment RunChip_Run on Run {
  id
  status
  error {
    code
  }
  ...StatusBadge_Run
}
fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}`) as unknown as TypedDocumentString<GroupPage_QueryQuery, GroupPage_QueryQueryVariables>;
export const OrderPage_QueryDocument = new TypedDocumentString(`
    query OrderPage_Query($number: String!, $shop: String, $payloads: Boolean!, $withOpenSteps: Boolean!) {
  feedCursor
  order(number: $number, shop: $shop) {
    id
    shop
    placedAt
    forgottenAt
    payload @include(if: $payloads)
    groups {
      ...GroupList_RunGroup
    }
    lines {
      ...OrderJourney_Line
    }
    runs(first: 100) {
      ...OrderJourney_Runs
    }
    skipped(first: 100) {
      ...OrderJourney_Skipped
    }
  }
}
    fragment GroupList_RunGroup on RunGroup {
  id
  kind
  createdAt
  ...GroupProgress_RunGroup
}
fragment GroupProgress_RunGroup on RunGroup {
  counts {
    completed {
      count
    }
    failed {
      count
    }
    canceled {
      count
    }
    running {
      count
    }
    queued {
      count
    }
  }
  unsuccessful: runs(first: 100, where: { status: [FAILED, CANCELED] }) {
    nodes {
      status
      latestReplay {
        status
      }
    }
  }
}
fragment OrderJourney_Line on OrderLine {
  position
  sku
  quantity
  payload @include(if: $payloads)
  product {
    sku
    shop
    title
    journeyComponents @include(if: $withOpenSteps) {
      id
      displayOrder
      component {
        name
      }
    }
  }
}
fragment OrderJourney_Runs on RunConnection {
  totalCount
  totalCountExact
  nodes {
    id
    orderLine {
      position
    }
    attachment {
      id
      displayOrder
    }
    component {
      name
    }
    replayOf {
      id
    }
    ...StepRun_Run
  }
}
fragment OrderJourney_Skipped on SkippedAttachmentConnection {
  nodes {
    reason
    line {
      position
    }
    attachment {
      id
      displayOrder
      component {
        name
      }
    }
  }
}
fragment StepRun_Run on Run {
  id
  status
  error {
    message
  }
  ...RunChip_Run
  latestReplay {
    id
    status
    error {
      message
    }
    ...RunChip_Run
  }
}
fragment RunChip_Run on Run {
  id
  status
  error {
    code
  }
  ...StatusBadge_Run
}
fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}`) as unknown as TypedDocumentString<OrderPage_QueryQuery, OrderPage_QueryQueryVariables>;
export const CheckoutFields_ChannelsDocument = new TypedDocumentString(`
    query CheckoutFields_Channels {
  channels
}
    `) as unknown as TypedDocumentString<CheckoutFields_ChannelsQuery, CheckoutFields_ChannelsQueryVariables>;
export const OrderLines_ProductsDocument = new TypedDocumentString(`
    query OrderLines_Products($search: String, $shop: String) {
  products(search: $search, shop: $shop, first: 20) {
    nodes {
      sku
    }
  }
}
    `) as unknown as TypedDocumentString<OrderLines_ProductsQuery, OrderLines_ProductsQueryVariables>;
export const OrdersPage_QueryDocument = new TypedDocumentString(`
    query OrdersPage_Query($search: String, $after: String) {
  feedCursor
  orders(search: $search, first: 25, after: $after) {
    totalCount
    totalCountExact
    pageInfo {
      endCursor
      hasNextPage
    }
    nodes {
      id
      ...OrderRow_Order
    }
  }
}
    fragment OrderRow_Order on Order {
  number
  shop
  placedAt
  lines {
    sku
    product {
      title
    }
  }
  runs(first: 20) {
    totalCount
    nodes {
      status
      latestReplay {
        status
      }
    }
  }
}`) as unknown as TypedDocumentString<OrdersPage_QueryQuery, OrdersPage_QueryQueryVariables>;
export const RecordOrder_AloneDocument = new TypedDocumentString(`
    mutation RecordOrder_Alone($input: RecordOrderInput!) {
  recorded: recordOrder(input: $input) {
    order {
      number
      shop
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordOrder_AloneMutation, RecordOrder_AloneMutationVariables>;
export const RecordOrder_CheckoutDocument = new TypedDocumentString(`
    mutation RecordOrder_Checkout($input: EnqueueCheckoutRunsInput!) {
  recorded: enqueueCheckoutRuns(input: $input) {
    order {
      number
      shop
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RecordOrder_CheckoutMutation, RecordOrder_CheckoutMutationVariables>;
export const Actor_QueryDocument = new TypedDocumentString(`
    query Actor_Query {
  principals(first: 100) {
    nodes {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<Actor_QueryQuery, Actor_QueryQueryVariables>;
export const BulkConfirm_PreviewDocument = new TypedDocumentString(`
    query BulkConfirm_Preview($kind: BulkOperationKind!, $where: RunFilter!) {
  bulkPreview(kind: $kind, where: $where) {
    expected
    applicable
    byStatus {
      status
      count
      applies
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<BulkConfirm_PreviewQuery, BulkConfirm_PreviewQueryVariables>;
export const EchoRunner_QueryDocument = new TypedDocumentString(`
    query EchoRunner_Query {
  system {
    runner {
      kind
    }
  }
}
    `) as unknown as TypedDocumentString<EchoRunner_QueryQuery, EchoRunner_QueryQueryVariables>;
export const ReplayedRuns_QueryDocument = new TypedDocumentString(`
    query ReplayedRuns_Query($where: RunFilter!) {
  runs(where: $where, first: 100) {
    nodes {
      id
      latestReplay {
        id
        status
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReplayedRuns_QueryQuery, ReplayedRuns_QueryQueryVariables>;
export const StartBulk_RetryDocument = new TypedDocumentString(`
    mutation StartBulk_Retry($where: RunFilter!, $idempotencyKey: String) {
  started: bulkRetryRuns(where: $where, idempotencyKey: $idempotencyKey) {
    operation {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<StartBulk_RetryMutation, StartBulk_RetryMutationVariables>;
export const StartBulk_ReplayDocument = new TypedDocumentString(`
    mutation StartBulk_Replay($where: RunFilter!, $idempotencyKey: String) {
  started: bulkReplayRuns(where: $where, idempotencyKey: $idempotencyKey) {
    operation {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<StartBulk_ReplayMutation, StartBulk_ReplayMutationVariables>;
export const StartBulk_CancelDocument = new TypedDocumentString(`
    mutation StartBulk_Cancel($where: RunFilter!, $idempotencyKey: String, $reason: String) {
  started: bulkCancelRuns(
    where: $where
    idempotencyKey: $idempotencyKey
    reason: $reason
  ) {
    operation {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<StartBulk_CancelMutation, StartBulk_CancelMutationVariables>;
export const AddStep_LinkedDocument = new TypedDocumentString(`
    query AddStep_Linked($key: String!, $shop: String) {
  component(key: $key, shop: $shop) {
    id
    key
    name
    triggers
    inputSchema
    archivedAt
  }
}
    `) as unknown as TypedDocumentString<AddStep_LinkedQuery, AddStep_LinkedQueryVariables>;
export const AddStep_QueryDocument = new TypedDocumentString(`
    query AddStep_Query($search: String, $shop: String) {
  components(search: $search, shop: $shop, first: 50) {
    nodes {
      id
      key
      name
      triggers
      inputSchema
    }
  }
}
    `) as unknown as TypedDocumentString<AddStep_QueryQuery, AddStep_QueryQueryVariables>;
export const Composer_UpdatedDocument = new TypedDocumentString(`
    subscription Composer_Updated($id: ID!) {
  productUpdated(id: $id) {
    revision
    ...Composer_Product
  }
}
    fragment Composer_Product on Product {
  id
  sku
  shop
  title
  revision
  attributes
  journeyComponents {
    id
    channelEligibility
    isRequired
    metadata
    component {
      id
      key
      name
      triggers
      inputSchema
      archivedAt
    }
    bindings {
      __typename
      inputKey
      required
      ... on StaticBinding {
        value
        secret
      }
      ... on SecretBinding {
        name
      }
      ... on RuntimeBinding {
        path
      }
      ... on ProductFieldBinding {
        path
      }
    }
  }
}`) as unknown as TypedDocumentString<Composer_UpdatedSubscription, Composer_UpdatedSubscriptionVariables>;
export const ProductPage_QueryDocument = new TypedDocumentString(`
    query ProductPage_Query($sku: String!, $shop: String) {
  product(sku: $sku, shop: $shop) {
    ...Composer_Product
  }
}
    fragment Composer_Product on Product {
  id
  sku
  shop
  title
  revision
  attributes
  journeyComponents {
    id
    channelEligibility
    isRequired
    metadata
    component {
      id
      key
      name
      triggers
      inputSchema
      archivedAt
    }
    bindings {
      __typename
      inputKey
      required
      ... on StaticBinding {
        value
        secret
      }
      ... on SecretBinding {
        name
      }
      ... on RuntimeBinding {
        path
      }
      ... on ProductFieldBinding {
        path
      }
    }
  }
}`) as unknown as TypedDocumentString<ProductPage_QueryQuery, ProductPage_QueryQueryVariables>;
export const RunStepDialog_EnqueueDocument = new TypedDocumentString(`
    mutation RunStepDialog_Enqueue($input: EnqueueRunInput!) {
  enqueueRun(input: $input) {
    run {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RunStepDialog_EnqueueMutation, RunStepDialog_EnqueueMutationVariables>;
export const SampleSelect_QueryDocument = new TypedDocumentString(`
    query SampleSelect_Query($where: RunFilter!, $cameFrom: RunFilter!, $orders: Boolean!, $runs: Boolean!) {
  cameFrom: runs(where: $cameFrom, first: 1) @include(if: $runs) {
    nodes {
      ...SampleSelect_Run
    }
  }
  orders(first: 5) @include(if: $orders) {
    nodes {
      number
      payload
      lines {
        sku
        quantity
        position
        payload
      }
    }
  }
  runs(where: $where, first: 3) @include(if: $runs) {
    nodes {
      ...SampleSelect_Run
    }
  }
}
    fragment SampleSelect_Run on Run {
  id
  queuedAt
  inputPayload
  context
  metadata
}`) as unknown as TypedDocumentString<SampleSelect_QueryQuery, SampleSelect_QueryQueryVariables>;
export const StepEditor_QueryDocument = new TypedDocumentString(`
    query StepEditor_Query($runs: Boolean!, $secrets: Boolean!) {
  channels @include(if: $runs)
  secrets @include(if: $secrets) {
    name
  }
}
    `) as unknown as TypedDocumentString<StepEditor_QueryQuery, StepEditor_QueryQueryVariables>;
export const WatchedRun_RunDocument = new TypedDocumentString(`
    subscription WatchedRun_Run($id: ID!, $payloads: Boolean!) {
  runUpdated(id: $id) {
    status
    resultPayload @include(if: $payloads)
    error {
      message
    }
    ...StatusBadge_Run
  }
}
    fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}`) as unknown as TypedDocumentString<WatchedRun_RunSubscription, WatchedRun_RunSubscriptionVariables>;
export const StepPreview_QueryDocument = new TypedDocumentString(`
    query StepPreview_Query($input: EnqueueRunInput!, $product: SaveProductInput, $attachment: AttachmentInput) {
  previewRun(input: $input, product: $product, attachment: $attachment) {
    request
    userErrors {
      message
      path
    }
    inputErrors {
      path
      message
    }
    bindings {
      resolved
      value
      reason
      binding {
        inputKey
        required
      }
    }
  }
}
    `) as unknown as TypedDocumentString<StepPreview_QueryQuery, StepPreview_QueryQueryVariables>;
export const Problems_QueryDocument = new TypedDocumentString(`
    query Problems_Query($sku: String!, $shop: String) {
  product(sku: $sku, shop: $shop) {
    revision
    problems {
      message
      attachment {
        id
      }
    }
  }
}
    `) as unknown as TypedDocumentString<Problems_QueryQuery, Problems_QueryQueryVariables>;
export const Composer_SaveDocument = new TypedDocumentString(`
    mutation Composer_Save($input: SaveProductInput!) {
  saveProduct(input: $input) {
    product {
      ...Composer_Product
    }
    userErrors {
      code
      message
      path
    }
  }
}
    fragment Composer_Product on Product {
  id
  sku
  shop
  title
  revision
  attributes
  journeyComponents {
    id
    channelEligibility
    isRequired
    metadata
    component {
      id
      key
      name
      triggers
      inputSchema
      archivedAt
    }
    bindings {
      __typename
      inputKey
      required
      ... on StaticBinding {
        value
        secret
      }
      ... on SecretBinding {
        name
      }
      ... on RuntimeBinding {
        path
      }
      ... on ProductFieldBinding {
        path
      }
    }
  }
}`) as unknown as TypedDocumentString<Composer_SaveMutation, Composer_SaveMutationVariables>;
export const NewProductDialog_SaveDocument = new TypedDocumentString(`
    mutation NewProductDialog_Save($input: SaveProductInput!) {
  saveProduct(input: $input) {
    product {
      sku
    }
    userErrors {
      message
      path
    }
  }
}
    `) as unknown as TypedDocumentString<NewProductDialog_SaveMutation, NewProductDialog_SaveMutationVariables>;
export const ProductsPage_ComponentDocument = new TypedDocumentString(`
    query ProductsPage_Component($key: String!, $shop: String) {
  component(key: $key, shop: $shop) {
    id
    name
  }
}
    `) as unknown as TypedDocumentString<ProductsPage_ComponentQuery, ProductsPage_ComponentQueryVariables>;
export const ProductsPage_QueryDocument = new TypedDocumentString(`
    query ProductsPage_Query($search: String, $componentId: ID, $hasProblems: Boolean, $isProblems: Boolean!, $after: String) {
  products(
    search: $search
    componentId: $componentId
    hasProblems: $hasProblems
    first: 25
    after: $after
  ) {
    totalCount
    totalCountExact
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      ...ProductRow_Product
    }
  }
}
    fragment ProductRow_Product on Product {
  sku
  shop
  title
  updatedAt
  journeyComponents {
    id
    component {
      name
    }
  }
  problems @include(if: $isProblems) {
    code
    message
    attachment {
      id
      component {
        name
      }
    }
  }
}`) as unknown as TypedDocumentString<ProductsPage_QueryQuery, ProductsPage_QueryQueryVariables>;
export const CancelDialog_CancelDocument = new TypedDocumentString(`
    mutation CancelDialog_Cancel($id: ID!, $reason: String) {
  cancelRun(id: $id, reason: $reason) {
    run {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<CancelDialog_CancelMutation, CancelDialog_CancelMutationVariables>;
export const ReplayDialog_ReplayDocument = new TypedDocumentString(`
    mutation ReplayDialog_Replay($id: ID!, $input: ReplayRunInput) {
  replayRun(id: $id, input: $input) {
    run {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ReplayDialog_ReplayMutation, ReplayDialog_ReplayMutationVariables>;
export const RunActions_RetryDocument = new TypedDocumentString(`
    mutation RunActions_Retry($id: ID!) {
  retryRun(id: $id) {
    run {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RunActions_RetryMutation, RunActions_RetryMutationVariables>;
export const UseReplayPreview_QueryDocument = new TypedDocumentString(`
    query UseReplayPreview_Query($id: ID!, $input: ReplayRunInput) {
  previewReplay(id: $id, input: $input) {
    request
    userErrors {
      message
    }
    inputErrors {
      path
      message
    }
    bindings {
      reason
      binding {
        inputKey
        required
        ... on ProductFieldBinding {
          path
        }
        ... on RuntimeBinding {
          path
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<UseReplayPreview_QueryQuery, UseReplayPreview_QueryQueryVariables>;
export const RunPage_QueryDocument = new TypedDocumentString(`
    query RunPage_Query($id: ID!, $payloads: Boolean!, $orders: Boolean!) {
  feedCursor
  run(id: $id) {
    ...ReplayChanges_Run
    ...RunBody_Run
  }
}
    fragment ReplayChanges_Run on Run {
  id
  latestReplay {
    id
    replayOf {
      id
    }
  }
}
fragment ReplayLink_Run on Run {
  id
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment AttemptLanes_Run on Run {
  runAt
  completedAt
  attempts {
    number
    startedAt
    workerId
    idempotencyKey
  }
  events(first: 100) {
    nodes {
      type
      at
      attempt
      runAt
      error {
        code
        message
      }
      telemetry {
        latencyMs
      }
    }
  }
}
fragment BindingSource_Binding on Binding {
  __typename
  ... on StaticBinding {
    value
    secret
  }
  ... on SecretBinding {
    name
  }
  ... on RuntimeBinding {
    path
  }
  ... on ProductFieldBinding {
    path
  }
}
fragment BindingTable_Run on Run {
  request
  resolvedBindings
  bindingSnapshot {
    inputKey
    required
    ...BindingSource_Binding
  }
}
fragment CancelDialog_Run on Run {
  id
  status
}
fragment CopyMenu_Run on Run {
  request @include(if: $payloads)
  channel
  trigger
  inputPayload @include(if: $payloads)
  context @include(if: $payloads)
  metadata @include(if: $payloads)
  component {
    id
  }
  product {
    id
  }
  attachment {
    id
  }
}
fragment EventTable_Run on Run {
  events(first: 100) {
    nodes {
      sequence
      at
      type
      attempt
      actor
      reason
      error {
        message
      }
      telemetry {
        errorPreview @include(if: $payloads)
      }
    }
  }
}
fragment FaultList_Run on Run {
  id
  product {
    sku
    shop
  }
  attachment {
    id
  }
  bindingSnapshot {
    inputKey
    ...BindingSource_Binding
  }
}
fragment ReplayDialog_Run on Run {
  id
  request
  inputPayload
  product {
    sku
    shop
  }
  attachment {
    id
  }
}
fragment RunActions_Run on Run {
  id
  status
  forgottenAt
  attachment {
    id
  }
  error {
    code
  }
  ...CancelDialog_Run
  ...CopyMenu_Run
  ...ReplayDialog_Run @include(if: $payloads)
}
fragment RunBody_Run on Run {
  id
  component {
    name
  }
  replayOf {
    id
  }
  ...StatusBadge_Run
  ...RunActions_Run
  ...RunVerdict_Run
  ...AttemptLanes_Run
  ...RunFacts_Run
  ...RunContents_Run
}
fragment RunContents_Run on Run {
  request @include(if: $payloads)
  resultPayload @include(if: $payloads)
  inputPayload @include(if: $payloads)
  context @include(if: $payloads)
  metadata @include(if: $payloads)
  ...BindingTable_Run @include(if: $payloads)
  ...EventTable_Run
}
fragment RunFacts_Run on Run {
  queuedAt
  startedAt
  completedAt
  channel
  trigger
  priority
  groupId
  idempotencyKey
  component {
    key
  }
  componentVersion {
    version
  }
  product {
    sku
    shop
    title
  }
  order @include(if: $orders) {
    number
    shop
  }
  replays(first: 5) {
    nodes {
      id
    }
  }
}
fragment RunVerdict_Run on Run {
  status
  latestReplay {
    status
    ...ReplayLink_Run
  }
  attempt
  maxAttempts
  lostAttempts
  runAt
  startedAt
  completedAt
  cancelRequestedAt
  error {
    code
    message
    detail @include(if: $payloads)
    retryable
  }
  telemetry {
    errorPreview @include(if: $payloads)
  }
  events(first: 100) {
    nodes {
      type
      at
      attempt
      runAt
      reason
      error {
        code
        message
      }
      telemetry {
        latencyMs
      }
    }
  }
  ...FaultList_Run @include(if: $payloads)
}`) as unknown as TypedDocumentString<RunPage_QueryQuery, RunPage_QueryQueryVariables>;
export const RunPage_FeedDocument = new TypedDocumentString(`
    subscription RunPage_Feed($id: ID!, $payloads: Boolean!, $orders: Boolean!, $after: String) {
  runEvents(where: { runId: [$id] }, after: $after) {
    cursor
    run {
      ...ReplayChanges_Run
      ...RunBody_Run
    }
  }
}
    fragment ReplayChanges_Run on Run {
  id
  latestReplay {
    id
    replayOf {
      id
    }
  }
}
fragment ReplayLink_Run on Run {
  id
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment AttemptLanes_Run on Run {
  runAt
  completedAt
  attempts {
    number
    startedAt
    workerId
    idempotencyKey
  }
  events(first: 100) {
    nodes {
      type
      at
      attempt
      runAt
      error {
        code
        message
      }
      telemetry {
        latencyMs
      }
    }
  }
}
fragment BindingSource_Binding on Binding {
  __typename
  ... on StaticBinding {
    value
    secret
  }
  ... on SecretBinding {
    name
  }
  ... on RuntimeBinding {
    path
  }
  ... on ProductFieldBinding {
    path
  }
}
fragment BindingTable_Run on Run {
  request
  resolvedBindings
  bindingSnapshot {
    inputKey
    required
    ...BindingSource_Binding
  }
}
fragment CancelDialog_Run on Run {
  id
  status
}
fragment CopyMenu_Run on Run {
  request @include(if: $payloads)
  channel
  trigger
  inputPayload @include(if: $payloads)
  context @include(if: $payloads)
  metadata @include(if: $payloads)
  component {
    id
  }
  product {
    id
  }
  attachment {
    id
  }
}
fragment EventTable_Run on Run {
  events(first: 100) {
    nodes {
      sequence
      at
      type
      attempt
      actor
      reason
      error {
        message
      }
      telemetry {
        errorPreview @include(if: $payloads)
      }
    }
  }
}
fragment FaultList_Run on Run {
  id
  product {
    sku
    shop
  }
  attachment {
    id
  }
  bindingSnapshot {
    inputKey
    ...BindingSource_Binding
  }
}
fragment ReplayDialog_Run on Run {
  id
  request
  inputPayload
  product {
    sku
    shop
  }
  attachment {
    id
  }
}
fragment RunActions_Run on Run {
  id
  status
  forgottenAt
  attachment {
    id
  }
  error {
    code
  }
  ...CancelDialog_Run
  ...CopyMenu_Run
  ...ReplayDialog_Run @include(if: $payloads)
}
fragment RunBody_Run on Run {
  id
  component {
    name
  }
  replayOf {
    id
  }
  ...StatusBadge_Run
  ...RunActions_Run
  ...RunVerdict_Run
  ...AttemptLanes_Run
  ...RunFacts_Run
  ...RunContents_Run
}
fragment RunContents_Run on Run {
  request @include(if: $payloads)
  resultPayload @include(if: $payloads)
  inputPayload @include(if: $payloads)
  context @include(if: $payloads)
  metadata @include(if: $payloads)
  ...BindingTable_Run @include(if: $payloads)
  ...EventTable_Run
}
fragment RunFacts_Run on Run {
  queuedAt
  startedAt
  completedAt
  channel
  trigger
  priority
  groupId
  idempotencyKey
  component {
    key
  }
  componentVersion {
    version
  }
  product {
    sku
    shop
    title
  }
  order @include(if: $orders) {
    number
    shop
  }
  replays(first: 5) {
    nodes {
      id
    }
  }
}
fragment RunVerdict_Run on Run {
  status
  latestReplay {
    status
    ...ReplayLink_Run
  }
  attempt
  maxAttempts
  lostAttempts
  runAt
  startedAt
  completedAt
  cancelRequestedAt
  error {
    code
    message
    detail @include(if: $payloads)
    retryable
  }
  telemetry {
    errorPreview @include(if: $payloads)
  }
  events(first: 100) {
    nodes {
      type
      at
      attempt
      runAt
      reason
      error {
        code
        message
      }
      telemetry {
        latencyMs
      }
    }
  }
  ...FaultList_Run @include(if: $payloads)
}`) as unknown as TypedDocumentString<RunPage_FeedSubscription, RunPage_FeedSubscriptionVariables>;
export const ErrorGroups_QueryDocument = new TypedDocumentString(`
    query ErrorGroups_Query($where: RunFilter!) {
  feedCursor
  runErrors(where: $where, first: 50) {
    code
    message
    component {
      key
    }
    latestRun {
      ...ReplayChanges_Run
    }
    ...ErrorGroupRow_RunErrorGroup
  }
}
    fragment ReplayChanges_Run on Run {
  id
  latestReplay {
    id
    replayOf {
      id
    }
  }
}
fragment ReplayLink_Run on Run {
  id
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment ErrorGroupRow_RunErrorGroup on RunErrorGroup {
  code
  message
  count
  firstAt
  lastAt
  component {
    key
    name
  }
  latestRun {
    latestReplay {
      ...ReplayLink_Run
    }
  }
}`) as unknown as TypedDocumentString<ErrorGroups_QueryQuery, ErrorGroups_QueryQueryVariables>;
export const FilterEditor_ComponentsDocument = new TypedDocumentString(`
    query FilterEditor_Components($search: String) {
  components(search: $search, first: 50, includeArchived: true) {
    nodes {
      key
    }
  }
}
    `) as unknown as TypedDocumentString<FilterEditor_ComponentsQuery, FilterEditor_ComponentsQueryVariables>;
export const FilterEditor_ProductsDocument = new TypedDocumentString(`
    query FilterEditor_Products($search: String) {
  products(search: $search, first: 50) {
    nodes {
      sku
    }
  }
}
    `) as unknown as TypedDocumentString<FilterEditor_ProductsQuery, FilterEditor_ProductsQueryVariables>;
export const FilterEditor_OrdersDocument = new TypedDocumentString(`
    query FilterEditor_Orders($search: String) {
  orders(search: $search, first: 50) {
    nodes {
      number
    }
  }
}
    `) as unknown as TypedDocumentString<FilterEditor_OrdersQuery, FilterEditor_OrdersQueryVariables>;
export const FilterEditor_ChannelsDocument = new TypedDocumentString(`
    query FilterEditor_Channels {
  channels
}
    `) as unknown as TypedDocumentString<FilterEditor_ChannelsQuery, FilterEditor_ChannelsQueryVariables>;
export const PathFilterForm_QueryDocument = new TypedDocumentString(`
    query PathFilterForm_Query($where: RunFilter!, $first: Int!) {
  runs(where: $where, first: $first) {
    nodes {
      inputPayload
      metadata
      context
    }
  }
}
    `) as unknown as TypedDocumentString<PathFilterForm_QueryQuery, PathFilterForm_QueryQueryVariables>;
export const SaveViewForm_SaveDocument = new TypedDocumentString(`
    mutation SaveViewForm_Save($input: SaveViewInput!) {
  saveView(input: $input) {
    view {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<SaveViewForm_SaveMutation, SaveViewForm_SaveMutationVariables>;
export const ShownReplays_QueryDocument = new TypedDocumentString(`
    query ShownReplays_Query($ids: [ID!]!) {
  feedCursor
  runs(where: { runId: $ids }, first: 100) {
    nodes {
      id
      ...ReplayChanges_Run
      latestReplay {
        ...ReplayLink_Run
      }
    }
  }
}
    fragment ReplayChanges_Run on Run {
  id
  latestReplay {
    id
    replayOf {
      id
    }
  }
}
fragment ReplayLink_Run on Run {
  id
  status
  runAt
  attempt
  cancelRequestedAt
}`) as unknown as TypedDocumentString<ShownReplays_QueryQuery, ShownReplays_QueryQueryVariables>;
export const StatusTabs_CountsDocument = new TypedDocumentString(`
    subscription StatusTabs_Counts($where: RunFilter) {
  runCounts(where: $where) {
    queued {
      ...StatusTabs_Count
    }
    running {
      ...StatusTabs_Count
    }
    completed {
      ...StatusTabs_Count
    }
    failed {
      ...StatusTabs_Count
    }
    canceled {
      ...StatusTabs_Count
    }
  }
}
    fragment StatusTabs_Count on BoundedCount {
  count
  exact
}`) as unknown as TypedDocumentString<StatusTabs_CountsSubscription, StatusTabs_CountsSubscriptionVariables>;
export const ViewList_DeleteDocument = new TypedDocumentString(`
    mutation ViewList_Delete($id: ID!) {
  deleteView(id: $id) {
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<ViewList_DeleteMutation, ViewList_DeleteMutationVariables>;
export const ViewsButton_QueryDocument = new TypedDocumentString(`
    query ViewsButton_Query {
  savedViews(page: "runs") {
    ...ViewList_SavedView
  }
}
    fragment ViewList_SavedView on SavedView {
  id
  name
  address
  isOwn
  isShared
}`) as unknown as TypedDocumentString<ViewsButton_QueryQuery, ViewsButton_QueryQueryVariables>;
export const RunList_PageDocument = new TypedDocumentString(`
    query RunList_Page($where: RunFilter!, $first: Int!, $after: String, $orders: Boolean!, $isFirst: Boolean!) {
  feedCursor @include(if: $isFirst)
  runs(where: $where, first: $first, after: $after) {
    totalCount @include(if: $isFirst)
    totalCountExact @include(if: $isFirst)
    pageInfo {
      endCursor
      hasNextPage
    }
    nodes {
      ...ListedRun_Run
    }
  }
}
    fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment RunOutcome_Run on Run {
  status
  attempt
  maxAttempts
  runAt
  startedAt
  completedAt
  error {
    code
    message
  }
}
fragment RunRow_Run on Run {
  queuedAt
  channel
  trigger
  priority
  component {
    key
    name
  }
  product {
    sku
    title
  }
  order @include(if: $orders) {
    number
  }
  ...StatusBadge_Run
  ...RunOutcome_Run
}
fragment ListedRun_Run on Run {
  id
  sequence
  status
  priority
  completedAt
  error {
    code
  }
  ...RunRow_Run
}`) as unknown as TypedDocumentString<RunList_PageQuery, RunList_PageQueryVariables>;
export const RunList_FeedDocument = new TypedDocumentString(`
    subscription RunList_Feed($where: RunFilter!, $after: String, $orders: Boolean!) {
  runEvents(where: $where, after: $after) {
    cursor
    run {
      ...ListedRun_Run
    }
  }
}
    fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}
fragment RunOutcome_Run on Run {
  status
  attempt
  maxAttempts
  runAt
  startedAt
  completedAt
  error {
    code
    message
  }
}
fragment RunRow_Run on Run {
  queuedAt
  channel
  trigger
  priority
  component {
    key
    name
  }
  product {
    sku
    title
  }
  order @include(if: $orders) {
    number
  }
  ...StatusBadge_Run
  ...RunOutcome_Run
}
fragment ListedRun_Run on Run {
  id
  sequence
  status
  priority
  completedAt
  error {
    code
  }
  ...RunRow_Run
}`) as unknown as TypedDocumentString<RunList_FeedSubscription, RunList_FeedSubscriptionVariables>;
export const RunList_ProductDocument = new TypedDocumentString(`
    query RunList_Product($sku: String!) {
  product(sku: $sku) {
    id
  }
}
    `) as unknown as TypedDocumentString<RunList_ProductQuery, RunList_ProductQueryVariables>;
export const ChartStats_HourDocument = new TypedDocumentString(`
    subscription ChartStats_Hour($where: RunFilter) {
  runStats(where: $where) {
    queued
    running
    oldestQueuedSeconds
    ...ChartStats_Ended
  }
}
    fragment EndedChart_Bucket on RunStatsBucket {
  from
  completed
  failed
  canceled
}
fragment ChartStats_Ended on RunStats {
  since
  completed
  failed
  latencyP50Ms
  latencyP95Ms
  series {
    ...EndedChart_Bucket
  }
}`) as unknown as TypedDocumentString<ChartStats_HourSubscription, ChartStats_HourSubscriptionVariables>;
export const ChartStats_RangeDocument = new TypedDocumentString(`
    query ChartStats_Range($where: RunFilter, $range: RunStatsRange!) {
  runStats(where: $where, range: $range) {
    ...ChartStats_Ended
  }
}
    fragment EndedChart_Bucket on RunStatsBucket {
  from
  completed
  failed
  canceled
}
fragment ChartStats_Ended on RunStats {
  since
  completed
  failed
  latencyP50Ms
  latencyP95Ms
  series {
    ...EndedChart_Bucket
  }
}`) as unknown as TypedDocumentString<ChartStats_RangeQuery, ChartStats_RangeQueryVariables>;
export const ServiceBanners_StatsDocument = new TypedDocumentString(`
    subscription ServiceBanners_Stats {
  runStats {
    unservedQueues {
      queue
      dueRuns
    }
  }
}
    `) as unknown as TypedDocumentString<ServiceBanners_StatsSubscription, ServiceBanners_StatsSubscriptionVariables>;
export const ServiceLine_QueryDocument = new TypedDocumentString(`
    query ServiceLine_Query {
  system {
    version
  }
}
    `) as unknown as TypedDocumentString<ServiceLine_QueryQuery, ServiceLine_QueryQueryVariables>;
export const ShortLink_QueryDocument = new TypedDocumentString(`
    query ShortLink_Query($id: String!) {
  runs(where: { search: $id }, first: 2) {
    nodes {
      id
    }
  }
}
    `) as unknown as TypedDocumentString<ShortLink_QueryQuery, ShortLink_QueryQueryVariables>;
export const Things_QueryDocument = new TypedDocumentString(`
    query Things_Query($text: String!, $catalogue: Boolean!, $orders: Boolean!) {
  failed: runs(where: { search: $text, status: [FAILED] }, first: 8) {
    nodes {
      ...Things_Run
    }
  }
  newest: runs(where: { search: $text }, first: 4) {
    nodes {
      ...Things_Run
    }
  }
  order(number: $text) @include(if: $orders) {
    id
    number
    placedAt
    shop
  }
  orders(search: $text, first: 4) @include(if: $orders) {
    nodes {
      id
      number
      placedAt
      shop
    }
  }
  product(sku: $text) @include(if: $catalogue) {
    id
    sku
    title
    shop
  }
  products(search: $text, first: 4) @include(if: $catalogue) {
    nodes {
      id
      sku
      title
      shop
    }
  }
  component(key: $text) @include(if: $catalogue) {
    id
    key
    name
    shop
  }
  components(search: $text, first: 4) @include(if: $catalogue) {
    nodes {
      id
      key
      name
      shop
    }
  }
}
    fragment Things_Run on Run {
  id
  status
  runAt
  attempt
  cancelRequestedAt
  queuedAt
  component {
    name
  }
  product @include(if: $catalogue) {
    title
  }
  order @include(if: $orders) {
    number
  }
  latestReplay {
    status
  }
}`) as unknown as TypedDocumentString<Things_QueryQuery, Things_QueryQueryVariables>;
export const Frame_ViewerDocument = new TypedDocumentString(`
    query Frame_Viewer {
  viewer {
    permissions
    ...ViewerMark_Viewer
  }
}
    fragment ViewerMark_Viewer on Viewer {
  name
  channels
  permissions
}`) as unknown as TypedDocumentString<Frame_ViewerQuery, Frame_ViewerQueryVariables>;
export const SystemPage_WatchDocument = new TypedDocumentString(`
    subscription SystemPage_Watch {
  runStats {
    unservedQueues {
      queue
    }
  }
}
    `) as unknown as TypedDocumentString<SystemPage_WatchSubscription, SystemPage_WatchSubscriptionVariables>;
export const SystemPage_QueryDocument = new TypedDocumentString(`
    query SystemPage_Query {
  feedCursor
  system {
    version
    now
    feedLagMs
    retentionDays
    runner {
      kind
      host
    }
    workers {
      ...WorkerTable_Worker
    }
    queues {
      name
      isServed
      oldestDueSeconds
      ...QueueTable_Queue
    }
  }
}
    fragment QueueTable_Queue on TaskQueue {
  name
  isServed
  oldestDueSeconds
  queued {
    count
    exact
  }
}
fragment WorkerTable_Worker on Worker {
  workerId
  host
  queue
  activeRuns
  startedAt
  heartbeatAt
}`) as unknown as TypedDocumentString<SystemPage_QueryQuery, SystemPage_QueryQueryVariables>;