/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
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
  /** Matches runs of one of these products. */
  productId?: Array<string> | null | undefined;
  /** Matches runs enqueued at or after this time. */
  queuedAfter?: string | null | undefined;
  /** Matches runs enqueued before this time. */
  queuedBefore?: string | null | undefined;
  /** Matches the runs with these ids. */
  runId?: Array<string> | null | undefined;
  /** Matches runs of one of these shops. Runs without a shop match none. */
  shop?: Array<string> | null | undefined;
  /** Matches runs with one of these statuses. */
  status?: Array<RunStatus> | null | undefined;
  /** Matches runs with one of these triggers. */
  trigger?: Array<Trigger> | null | undefined;
};

/** Selects runs, or the events of runs. All conditions must hold. A list matches any of its members, at most 1,000; [] matches nothing; null is no condition. For events, status and errorCode refer to the event, and all other conditions to its run. */
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
  /** Matches runs of one of these products. */
  productId?: Array<string> | null | undefined;
  /** Matches runs enqueued at or after this time. */
  queuedAfter?: string | null | undefined;
  /** Matches runs enqueued before this time. */
  queuedBefore?: string | null | undefined;
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

/** The priority of a run. Due runs with a higher priority are started first. */
export type RunPriority =
  /** The priority of runs from enqueueCheckoutRuns. */
  | 'HIGH'
  /** The priority of runs from bulk operations. */
  | 'LOW'
  /** The default priority. */
  | 'NORMAL';

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

/** How scripts are executed. */
export type ScriptRunnerKind =
  /** No script is executed: each call returns its own request. For trying the service out, without a script host. */
  | 'ECHO'
  /** A script host executes the scripts, over HTTP. */
  | 'HTTP';

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

export type StatusBadge_RunFragment = { status: RunStatus, runAt: string, attempt: number, cancelRequestedAt: string | null } & { ' $fragmentName'?: 'StatusBadge_RunFragment' };

export type EndedChart_BucketFragment = { from: string, completed: number, failed: number, canceled: number } & { ' $fragmentName'?: 'EndedChart_BucketFragment' };

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

export type HourCharts_StatsSubscriptionVariables = Exact<{
  where?: RunFilter | null | undefined;
}>;


export type HourCharts_StatsSubscription = { runStats: { queued: number, running: number, completed: number, failed: number, oldestQueuedSeconds: number | null, latencyP50Ms: number | null, latencyP95Ms: number | null, series: Array<{ ' $fragmentRefs'?: { 'EndedChart_BucketFragment': EndedChart_BucketFragment } }> } };

export type RunOutcome_RunFragment = { status: RunStatus, attempt: number, maxAttempts: number, runAt: string, startedAt: string | null, completedAt: string | null, error: { code: RunErrorCode, message: string } | null } & { ' $fragmentName'?: 'RunOutcome_RunFragment' };

export type RunRow_RunFragment = (
  { queuedAt: string, channel: string | null, trigger: Trigger | null, priority: RunPriority, component: { key: string, name: string }, product: { sku: string, title: string } | null, order: { number: string } | null }
  & { ' $fragmentRefs'?: { 'StatusBadge_RunFragment': StatusBadge_RunFragment;'RunOutcome_RunFragment': RunOutcome_RunFragment } }
) & { ' $fragmentName'?: 'RunRow_RunFragment' };

export type StatusTabs_CountFragment = { count: number, exact: boolean } & { ' $fragmentName'?: 'StatusTabs_CountFragment' };

export type StatusTabs_CountsSubscriptionVariables = Exact<{
  where?: RunFilter | null | undefined;
}>;


export type StatusTabs_CountsSubscription = { runCounts: { queued: { ' $fragmentRefs'?: { 'StatusTabs_CountFragment': StatusTabs_CountFragment } }, running: { ' $fragmentRefs'?: { 'StatusTabs_CountFragment': StatusTabs_CountFragment } }, completed: { ' $fragmentRefs'?: { 'StatusTabs_CountFragment': StatusTabs_CountFragment } }, failed: { ' $fragmentRefs'?: { 'StatusTabs_CountFragment': StatusTabs_CountFragment } }, canceled: { ' $fragmentRefs'?: { 'StatusTabs_CountFragment': StatusTabs_CountFragment } } } };

export type ListedRun_RunFragment = (
  { id: string, sequence: number, status: RunStatus, completedAt: string | null, error: { code: RunErrorCode } | null }
  & { ' $fragmentRefs'?: { 'RunRow_RunFragment': RunRow_RunFragment } }
) & { ' $fragmentName'?: 'ListedRun_RunFragment' };

export type RunList_PageQueryVariables = Exact<{
  where: RunFilter;
  first: number;
  after?: string | null | undefined;
}>;


export type RunList_PageQuery = { feedCursor: string | null, runs: { totalCount: number, totalCountExact: boolean, pageInfo: { endCursor: string | null, hasNextPage: boolean }, nodes: Array<{ ' $fragmentRefs'?: { 'ListedRun_RunFragment': ListedRun_RunFragment } }> } | null };

export type RunList_FeedSubscriptionVariables = Exact<{
  where: RunFilter;
  after?: string | null | undefined;
}>;


export type RunList_FeedSubscription = { runEvents: { cursor: string, run: { ' $fragmentRefs'?: { 'ListedRun_RunFragment': ListedRun_RunFragment } } } };

export type RunList_ProductQueryVariables = Exact<{
  sku: string;
}>;


export type RunList_ProductQuery = { product: { id: string } | null };

export type RunList_OrderQueryVariables = Exact<{
  number: string;
}>;


export type RunList_OrderQuery = { order: { id: string } | null };

export type CommandPalette_QueryQueryVariables = Exact<{
  text: string;
  id: string;
}>;


export type CommandPalette_QueryQuery = { run: { id: string, status: RunStatus, component: { name: string } } | null, component: { key: string, name: string } | null, product: { sku: string, title: string } | null, order: { number: string } | null };

export type ServiceBanners_QueryQueryVariables = Exact<{ [key: string]: never; }>;


export type ServiceBanners_QueryQuery = { system: { runner: { kind: ScriptRunnerKind } } | null };

export type ServiceBanners_StatsSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type ServiceBanners_StatsSubscription = { runStats: { unservedQueues: Array<{ queue: string | null, dueRuns: number }> } };

export type ServiceLine_QueryQueryVariables = Exact<{ [key: string]: never; }>;


export type ServiceLine_QueryQuery = { system: { version: string } | null };

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
export const EndedChart_BucketFragmentDoc = new TypedDocumentString(`
    fragment EndedChart_Bucket on RunStatsBucket {
  from
  completed
  failed
  canceled
}
    `, {"fragmentName":"EndedChart_Bucket"}) as unknown as TypedDocumentString<EndedChart_BucketFragment, unknown>;
export const StatusTabs_CountFragmentDoc = new TypedDocumentString(`
    fragment StatusTabs_Count on BoundedCount {
  count
  exact
}
    `, {"fragmentName":"StatusTabs_Count"}) as unknown as TypedDocumentString<StatusTabs_CountFragment, unknown>;
export const StatusBadge_RunFragmentDoc = new TypedDocumentString(`
    fragment StatusBadge_Run on Run {
  status
  runAt
  attempt
  cancelRequestedAt
}
    `, {"fragmentName":"StatusBadge_Run"}) as unknown as TypedDocumentString<StatusBadge_RunFragment, unknown>;
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
  order {
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
  order {
    number
  }
  ...StatusBadge_Run
  ...RunOutcome_Run
}`, {"fragmentName":"ListedRun_Run"}) as unknown as TypedDocumentString<ListedRun_RunFragment, unknown>;
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
export const HourCharts_StatsDocument = new TypedDocumentString(`
    subscription HourCharts_Stats($where: RunFilter) {
  runStats(where: $where) {
    queued
    running
    completed
    failed
    oldestQueuedSeconds
    latencyP50Ms
    latencyP95Ms
    series {
      ...EndedChart_Bucket
    }
  }
}
    fragment EndedChart_Bucket on RunStatsBucket {
  from
  completed
  failed
  canceled
}`) as unknown as TypedDocumentString<HourCharts_StatsSubscription, HourCharts_StatsSubscriptionVariables>;
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
export const RunList_PageDocument = new TypedDocumentString(`
    query RunList_Page($where: RunFilter!, $first: Int!, $after: String) {
  feedCursor
  runs(where: $where, first: $first, after: $after) {
    totalCount
    totalCountExact
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
  order {
    number
  }
  ...StatusBadge_Run
  ...RunOutcome_Run
}
fragment ListedRun_Run on Run {
  id
  sequence
  status
  completedAt
  error {
    code
  }
  ...RunRow_Run
}`) as unknown as TypedDocumentString<RunList_PageQuery, RunList_PageQueryVariables>;
export const RunList_FeedDocument = new TypedDocumentString(`
    subscription RunList_Feed($where: RunFilter!, $after: String) {
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
  order {
    number
  }
  ...StatusBadge_Run
  ...RunOutcome_Run
}
fragment ListedRun_Run on Run {
  id
  sequence
  status
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
export const RunList_OrderDocument = new TypedDocumentString(`
    query RunList_Order($number: String!) {
  order(number: $number) {
    id
  }
}
    `) as unknown as TypedDocumentString<RunList_OrderQuery, RunList_OrderQueryVariables>;
export const CommandPalette_QueryDocument = new TypedDocumentString(`
    query CommandPalette_Query($text: String!, $id: ID!) {
  run(id: $id) {
    id
    status
    component {
      name
    }
  }
  component(key: $text) {
    key
    name
  }
  product(sku: $text) {
    sku
    title
  }
  order(number: $text) {
    number
  }
}
    `) as unknown as TypedDocumentString<CommandPalette_QueryQuery, CommandPalette_QueryQueryVariables>;
export const ServiceBanners_QueryDocument = new TypedDocumentString(`
    query ServiceBanners_Query {
  system {
    runner {
      kind
    }
  }
}
    `) as unknown as TypedDocumentString<ServiceBanners_QueryQuery, ServiceBanners_QueryQueryVariables>;
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