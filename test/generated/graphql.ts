/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How the delay before a retry grows. */
export type Backoff =
  /** The delay is random, between 0 and an upper limit (full jitter). The limit starts at initialDelaySeconds and doubles with each retry, up to maxDelaySeconds. */
  | 'EXPONENTIAL'
  /** Every delay is initialDelaySeconds. */
  | 'FIXED';

/** An external provider that a script uses. */
export type ProviderDependencyInput = {
  /** The key of the provider, at most 128 characters. */
  key: string;
  /** If true, the script works without the provider. Defaults to false. */
  optional?: boolean | null | undefined;
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

export type DefinitionFragment = { id: string, key: string, name: string, description: string | null, version: number, triggers: Array<Trigger>, inputSchema: { [key: string]: any }, timeoutSeconds: number, archivedAt: string | null, createdAt: string, updatedAt: string, script: { slug: string, runtime: string, version: string | null, metadata: { [key: string]: any } }, providerDependencies: Array<{ key: string, optional: boolean }>, retryPolicy: { maxAttempts: number, backoff: Backoff, initialDelaySeconds: number, maxDelaySeconds: number }, versions: { nodes: Array<{ version: number, timeoutSeconds: number, script: { slug: string } }> } };

export type RegisterMutationVariables = Exact<{
  input: RegisterComponentInput;
}>;


export type RegisterMutation = { registerComponent: { component: { id: string, key: string, name: string, description: string | null, version: number, triggers: Array<Trigger>, inputSchema: { [key: string]: any }, timeoutSeconds: number, archivedAt: string | null, createdAt: string, updatedAt: string, script: { slug: string, runtime: string, version: string | null, metadata: { [key: string]: any } }, providerDependencies: Array<{ key: string, optional: boolean }>, retryPolicy: { maxAttempts: number, backoff: Backoff, initialDelaySeconds: number, maxDelaySeconds: number }, versions: { nodes: Array<{ version: number, timeoutSeconds: number, script: { slug: string } }> } } | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> }> } | null };

export type UpdateMutationVariables = Exact<{
  id: string;
  input: UpdateComponentInput;
}>;


export type UpdateMutation = { updateComponent: { component: { id: string, key: string, name: string, description: string | null, version: number, triggers: Array<Trigger>, inputSchema: { [key: string]: any }, timeoutSeconds: number, archivedAt: string | null, createdAt: string, updatedAt: string, script: { slug: string, runtime: string, version: string | null, metadata: { [key: string]: any } }, providerDependencies: Array<{ key: string, optional: boolean }>, retryPolicy: { maxAttempts: number, backoff: Backoff, initialDelaySeconds: number, maxDelaySeconds: number }, versions: { nodes: Array<{ version: number, timeoutSeconds: number, script: { slug: string } }> } } | null, userErrors: Array<{ code: UserErrorCode, message: string, path: Array<string> }> } | null };

export type ArchiveMutationVariables = Exact<{
  id: string;
}>;


export type ArchiveMutation = { archiveComponent: { component: { archivedAt: string | null } | null, userErrors: Array<{ code: UserErrorCode }> } | null };

export type SeasonalQueryVariables = Exact<{
  all?: boolean | null | undefined;
}>;


export type SeasonalQuery = { components: { nodes: Array<{ key: string }> } | null };

export type RegisterForTestMutationVariables = Exact<{
  input: RegisterComponentInput;
}>;


export type RegisterForTestMutation = { registerComponent: { component: { id: string } | null, userErrors: Array<{ message: string }> } | null };

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
export const DefinitionFragmentDoc = new TypedDocumentString(`
    fragment Definition on Component {
  id
  key
  name
  description
  version
  triggers
  script {
    slug
    runtime
    version
    metadata
  }
  inputSchema
  providerDependencies {
    key
    optional
  }
  retryPolicy {
    maxAttempts
    backoff
    initialDelaySeconds
    maxDelaySeconds
  }
  timeoutSeconds
  archivedAt
  createdAt
  updatedAt
  versions {
    nodes {
      version
      script {
        slug
      }
      timeoutSeconds
    }
  }
}
    `, {"fragmentName":"Definition"}) as unknown as TypedDocumentString<DefinitionFragment, unknown>;
export const RegisterDocument = new TypedDocumentString(`
    mutation Register($input: RegisterComponentInput!) {
  registerComponent(input: $input) {
    component {
      ...Definition
    }
    userErrors {
      code
      message
      path
    }
  }
}
    fragment Definition on Component {
  id
  key
  name
  description
  version
  triggers
  script {
    slug
    runtime
    version
    metadata
  }
  inputSchema
  providerDependencies {
    key
    optional
  }
  retryPolicy {
    maxAttempts
    backoff
    initialDelaySeconds
    maxDelaySeconds
  }
  timeoutSeconds
  archivedAt
  createdAt
  updatedAt
  versions {
    nodes {
      version
      script {
        slug
      }
      timeoutSeconds
    }
  }
}`) as unknown as TypedDocumentString<RegisterMutation, RegisterMutationVariables>;
export const UpdateDocument = new TypedDocumentString(`
    mutation Update($id: ID!, $input: UpdateComponentInput!) {
  updateComponent(id: $id, input: $input) {
    component {
      ...Definition
    }
    userErrors {
      code
      message
      path
    }
  }
}
    fragment Definition on Component {
  id
  key
  name
  description
  version
  triggers
  script {
    slug
    runtime
    version
    metadata
  }
  inputSchema
  providerDependencies {
    key
    optional
  }
  retryPolicy {
    maxAttempts
    backoff
    initialDelaySeconds
    maxDelaySeconds
  }
  timeoutSeconds
  archivedAt
  createdAt
  updatedAt
  versions {
    nodes {
      version
      script {
        slug
      }
      timeoutSeconds
    }
  }
}`) as unknown as TypedDocumentString<UpdateMutation, UpdateMutationVariables>;
export const ArchiveDocument = new TypedDocumentString(`
    mutation Archive($id: ID!) {
  archiveComponent(id: $id) {
    component {
      archivedAt
    }
    userErrors {
      code
    }
  }
}
    `) as unknown as TypedDocumentString<ArchiveMutation, ArchiveMutationVariables>;
export const SeasonalDocument = new TypedDocumentString(`
    query Seasonal($all: Boolean) {
  components(search: "season", includeArchived: $all) {
    nodes {
      key
    }
  }
}
    `) as unknown as TypedDocumentString<SeasonalQuery, SeasonalQueryVariables>;
export const RegisterForTestDocument = new TypedDocumentString(`
    mutation RegisterForTest($input: RegisterComponentInput!) {
  registerComponent(input: $input) {
    component {
      id
    }
    userErrors {
      message
    }
  }
}
    `) as unknown as TypedDocumentString<RegisterForTestMutation, RegisterForTestMutationVariables>;