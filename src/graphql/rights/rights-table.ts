import { PERMISSIONS, type Permission } from '../../identity/permission.ts';

/** The permissions that a field needs: at least one of each list. An empty rule needs nothing. */
export type Rule = readonly (readonly Permission[])[];

const one = (...permissions: Permission[]): readonly Permission[] => permissions;

const CATALOGUE = one('READ_CATALOGUE');
const WRITE_CATALOGUE = one('WRITE_CATALOGUE');
const RUNS = one('READ_RUNS', 'READ_OWN_RUNS');
const ALL_RUNS = one('READ_RUNS');
const PAYLOADS = one('READ_PAYLOADS');
const ENQUEUE = one('ENQUEUE_RUNS');
const OPERATE = one('OPERATE_RUNS');
const ORDERS = one('READ_ORDERS');
const WRITE_ORDERS = one('WRITE_ORDERS');
/** A principal that records orders may read the order that a mutation or a run returns, and no list of orders. */
const AN_ORDER = one('READ_ORDERS', 'WRITE_ORDERS');
const BULK = one('READ_RUNS', 'OPERATE_RUNS');
/** A preview shows what a request would send. It is for those who enqueue, and for those who edit the catalogue. */
const TRY = one('ENQUEUE_RUNS', 'WRITE_CATALOGUE');
const SYSTEM = one('READ_SYSTEM');
const SECRETS = one('MANAGE_SECRETS');
/** The names of secrets, for those who refer to them in bindings as well. */
const SECRET_NAMES = one('MANAGE_SECRETS', 'WRITE_CATALOGUE');
const MINT = one('MINT_TOKENS');
const AUDIT = one('READ_AUDIT_LOG');
const PRINCIPALS = one('MANAGE_PRINCIPALS');

const FREE: Rule = [];

/**
 * The rule of each type. It holds for every field that an operation selects of the type, on all ways to it. The parts of
 * another type, such as a retry policy, are free, since only the fields of that type lead to them. `<type>Connection` and
 * `<type>Edge` have the rule of their type.
 */
export const TYPE_RULES: { readonly [type: string]: Rule } = {
  Query: FREE,
  Mutation: FREE,
  Subscription: FREE,
  Node: FREE,
  PageInfo: FREE,
  BoundedCount: FREE,
  UserError: FREE,
  Viewer: FREE,
  SavedView: FREE,
  SavedViewPayload: FREE,

  Component: [CATALOGUE],
  ComponentVersion: [CATALOGUE],
  ComponentPayload: FREE,
  ComponentStats: [RUNS],
  Script: FREE,
  RetryPolicy: FREE,
  ProviderDependency: FREE,
  Product: [CATALOGUE],
  ProductPayload: FREE,
  Attachment: [CATALOGUE],
  Binding: FREE,
  StaticBinding: FREE,
  ProductFieldBinding: FREE,
  RuntimeBinding: FREE,
  SecretBinding: FREE,
  ProductLint: [CATALOGUE],
  LintFinding: [CATALOGUE],
  ComponentPreview: FREE,
  SamplesCheck: FREE,
  SampleResult: FREE,

  Run: [RUNS],
  RunPayload: FREE,
  EnqueueRunPayload: FREE,
  EnqueueRunsPayload: FREE,
  RunError: FREE,
  RunTelemetry: FREE,
  RunEvent: [RUNS],
  RunAttempt: FREE,
  RunCounts: [RUNS],
  RunErrorGroup: [RUNS],
  RunGroup: [RUNS],
  RunStats: [RUNS],
  RunStatsBucket: FREE,
  UnservedQueue: FREE,
  RunPreview: FREE,
  BindingResolution: FREE,
  InputError: FREE,
  BulkOperation: [BULK],
  BulkOperationItem: [BULK],
  BulkOperationPayload: FREE,
  BulkPreview: [BULK],
  BulkPreviewStatus: FREE,

  Order: [AN_ORDER],
  OrderLine: [AN_ORDER],
  OrderPayload: FREE,
  ForgetOrderPayload: FREE,
  SkippedAttachment: [AN_ORDER],
  JourneyStep: FREE,

  Secret: [SECRET_NAMES],
  SaveSecretPayload: FREE,
  DeleteSecretPayload: FREE,

  AuditEntry: [AUDIT, ALL_RUNS],

  Principal: [PRINCIPALS],
  PrincipalPayload: FREE,
  ApiKey: [PRINCIPALS],
  CreateApiKeyPayload: FREE,
  RevokeApiKeyPayload: FREE,
  CreateRunTokenPayload: FREE,

  System: [SYSTEM],
  ScriptRunner: FREE,
  Worker: FREE,
  TaskQueue: FREE,
};

/** The further rule of a field: that of every root field, and of every field that shows payloads. */
export const FIELD_RULES: { readonly [field: string]: Rule } = {
  'Query.__schema': [CATALOGUE],
  'Query.__type': [CATALOGUE],
  'Query.node': FREE,
  'Query.nodes': FREE,
  'Query.viewer': FREE,
  // Every role of people has the right, and a shop's backend has not.
  'Query.savedViews': [ALL_RUNS],
  'Query.system': [SYSTEM],
  'Query.secrets': [SECRET_NAMES],
  'Query.principals': [PRINCIPALS],
  // It names runs of every client.
  'Query.auditLog': [AUDIT, ALL_RUNS],
  'Query.component': [CATALOGUE],
  'Query.components': [CATALOGUE],
  'Query.product': [CATALOGUE],
  'Query.products': [CATALOGUE],
  'Query.catalogueLint': [CATALOGUE],
  'Query.channels': [CATALOGUE, ALL_RUNS],
  'Query.run': [RUNS],
  'Query.runs': [RUNS],
  'Query.runEvents': [RUNS],
  'Query.feedCursor': [RUNS],
  'Query.runCounts': [RUNS],
  'Query.runErrors': [RUNS],
  'Query.runStats': [RUNS],
  'Query.group': [RUNS],
  'Query.bulkOperation': [BULK],
  'Query.bulkOperations': [BULK],
  'Query.bulkPreview': [RUNS, OPERATE],
  'Query.order': [ORDERS],
  'Query.orders': [ORDERS],
  'Query.journeyPlan': [CATALOGUE, TRY],
  'Query.previewComponent': [CATALOGUE, WRITE_CATALOGUE],
  'Query.checkSamples': [WRITE_CATALOGUE],
  'Query.previewRun': [CATALOGUE, TRY],
  'Query.previewReplay': [RUNS, OPERATE, PAYLOADS],
  'Query.orderAutomationPlan': [CATALOGUE, ORDERS, PAYLOADS],

  'Mutation.registerComponent': [WRITE_CATALOGUE],
  'Mutation.updateComponent': [WRITE_CATALOGUE],
  'Mutation.archiveComponent': [WRITE_CATALOGUE],
  'Mutation.restoreComponent': [WRITE_CATALOGUE],
  'Mutation.saveProduct': [WRITE_CATALOGUE],
  'Mutation.saveView': [ALL_RUNS],
  'Mutation.deleteView': [ALL_RUNS],
  'Mutation.saveSecret': [SECRETS],
  'Mutation.deleteSecret': [SECRETS],
  'Mutation.createPrincipal': [PRINCIPALS],
  'Mutation.updatePrincipal': [PRINCIPALS],
  'Mutation.disablePrincipal': [PRINCIPALS],
  'Mutation.createApiKey': [PRINCIPALS],
  'Mutation.revokeApiKey': [PRINCIPALS],
  'Mutation.createRunToken': [MINT],
  'Mutation.enqueueRun': [ENQUEUE],
  'Mutation.enqueueRuns': [ENQUEUE],
  'Mutation.cancelRun': [OPERATE],
  'Mutation.retryRun': [OPERATE],
  'Mutation.replayRun': [OPERATE],
  'Mutation.bulkCancelRuns': [OPERATE],
  'Mutation.bulkRetryRuns': [OPERATE],
  'Mutation.bulkReplayRuns': [OPERATE],
  'Mutation.abortBulkOperation': [OPERATE],
  'Mutation.recordOrder': [WRITE_ORDERS],
  // It erases what the runs of every client stored for the order.
  'Mutation.forgetOrder': [WRITE_ORDERS, OPERATE],
  'Mutation.enqueueCheckoutRuns': [ENQUEUE, WRITE_ORDERS],
  'Mutation.runOrderAutomation': [ENQUEUE, AN_ORDER],

  'Subscription.runEvents': [RUNS],
  'Subscription.runUpdated': [RUNS],
  'Subscription.runCounts': [RUNS],
  'Subscription.productUpdated': [CATALOGUE],
  'Subscription.runStats': [RUNS],
  'Subscription.bulkOperationUpdated': [BULK],

  // The name alone. All else of a principal needs MANAGE_PRINCIPALS.
  'ComponentVersion.actorName': [CATALOGUE],
  'Run.inputPayload': [PAYLOADS],
  'Run.metadata': [PAYLOADS],
  'Run.context': [PAYLOADS],
  'Run.bindingSnapshot': [PAYLOADS],
  'Run.resolvedBindings': [PAYLOADS],
  'Run.resultPayload': [PAYLOADS],
  'Run.request': [PAYLOADS],
  // The message names the place of a mistake and the rule, and no value. The detail has the runner's and the schema's texts.
  'RunError.detail': [PAYLOADS],
  'RunTelemetry.outputPreview': [PAYLOADS],
  'RunTelemetry.errorPreview': [PAYLOADS],
  // A filter by payload shows what somebody looked for.
  'BulkOperation.where': [PAYLOADS],
  'BulkOperation.input': [PAYLOADS],
  'Order.payload': [PAYLOADS],
  // It names the groups of runs.
  'Order.skipped': [ORDERS, ALL_RUNS],
  'OrderLine.payload': [PAYLOADS],
};

/** The rule of an input field that an operation sets. A filter by payload would answer guesses. */
export const INPUT_RULES: { readonly [field: string]: Rule } = {
  'RunFilter.inputPayload': [PAYLOADS],
  'RunFilter.metadata': [PAYLOADS],
  'RunFilter.context': [PAYLOADS],
  'RunExclusion.inputPayload': [PAYLOADS],
  'RunExclusion.metadata': [PAYLOADS],
  'RunExclusion.context': [PAYLOADS],
};

/** A type or root field that the table lacks needs every permission. */
const EVERYTHING: Rule = PERMISSIONS.map((permission) => [permission]);

export function typeRule(type: string): Rule {
  return ruleIn(TYPE_RULES, type.replace(/(Connection|Edge)$/, '')) ?? EVERYTHING;
}

/** @param field such as `Run.inputPayload` */
export function fieldRule(field: string): Rule {
  return ruleIn(FIELD_RULES, field) ?? (ROOT.test(field) ? EVERYTHING : FREE);
}

export const inputRule = (field: string): Rule => ruleIn(INPUT_RULES, field) ?? FREE;

const ROOT = /^(Query|Mutation|Subscription)\.(?!__typename)/;

const ruleIn = (rules: { readonly [name: string]: Rule }, name: string): Rule | undefined =>
  Object.hasOwn(rules, name) ? rules[name] : undefined;
