/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** How the delay grows from one attempt to the next. */
export type Backoff =
  /** Doubled at each attempt, and then anything from 0 up to that (full jitter). */
  | 'EXPONENTIAL'
  /** Always initialDelaySeconds. */
  | 'FIXED';

export type ProviderDependencyInput = {
  key: string;
  optional?: boolean | null | undefined;
};

export type RegisterComponentInput = {
  description?: string | null | undefined;
  /** JSON Schema, draft 2020-12. */
  inputSchema?: { [key: string]: any } | null | undefined;
  key: string;
  name: string;
  providerDependencies?: Array<ProviderDependencyInput> | null | undefined;
  /** Unless given: 1 attempt. */
  retryPolicy?: RetryPolicyInput | null | undefined;
  script: ScriptInput;
  /** From 0.1 to 3600. Unless given: the service's default. */
  timeoutSeconds?: number | null | undefined;
  triggers: Array<Trigger>;
};

export type RetryPolicyInput = {
  /** Unless given: EXPONENTIAL. */
  backoff?: Backoff | null | undefined;
  /** Unless given: 1. */
  initialDelaySeconds?: number | null | undefined;
  /** From 1 to 100. */
  maxAttempts: number;
  /** Unless given: 300, or initialDelaySeconds where that is more. */
  maxDelaySeconds?: number | null | undefined;
};

export type ScriptInput = {
  metadata?: { [key: string]: any } | null | undefined;
  runtime: string;
  slug: string;
  version?: string | null | undefined;
};

/** What may start a component. */
export type Trigger =
  | 'AUTOMATION'
  | 'CHECKOUT'
  | 'OPERATOR'
  | 'POST_CHECKOUT'
  | 'PRESET';

/** What is left out stays. null clears description and timeoutSeconds, and leaves the others. */
export type UpdateComponentInput = {
  description?: string | null | undefined;
  /** CONFLICT where it is not the current version. */
  expectedVersion?: number | null | undefined;
  /** JSON Schema, draft 2020-12. */
  inputSchema?: { [key: string]: any } | null | undefined;
  name?: string | null | undefined;
  providerDependencies?: Array<ProviderDependencyInput> | null | undefined;
  /** Unless given: 1 attempt. */
  retryPolicy?: RetryPolicyInput | null | undefined;
  script?: ScriptInput | null | undefined;
  /** From 0.1 to 3600. Unless given: the service's default. */
  timeoutSeconds?: number | null | undefined;
  triggers?: Array<Trigger> | null | undefined;
};

export type UserErrorCode =
  | 'ALREADY_EXISTS'
  | 'ARCHIVED'
  | 'CHANNEL_NOT_ELIGIBLE'
  | 'COMPONENT_MISMATCH'
  | 'CONFLICT'
  | 'IDEMPOTENCY_CONFLICT'
  | 'INVALID'
  | 'NOT_CANCELABLE'
  | 'NOT_FOUND'
  | 'NOT_RETRYABLE'
  | 'PRODUCT_MISMATCH'
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