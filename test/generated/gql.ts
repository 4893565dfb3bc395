/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment Definition on Component {\n    id key name description version triggers script { slug runtime version metadata } inputSchema\n    providerDependencies { key optional } retryPolicy { maxAttempts backoff initialDelaySeconds maxDelaySeconds }\n    timeoutSeconds archivedAt createdAt updatedAt versions { nodes { version script { slug } timeoutSeconds } }\n  }\n": typeof types.DefinitionFragmentDoc,
    "\n  mutation Register($input: RegisterComponentInput!) {\n    registerComponent(input: $input) { component { ...Definition } userErrors { code message path } }\n  }\n": typeof types.RegisterDocument,
    "\n  mutation Update($id: ID!, $input: UpdateComponentInput!) {\n    updateComponent(id: $id, input: $input) { component { ...Definition } userErrors { code message path } }\n  }\n": typeof types.UpdateDocument,
    "\n  mutation Archive($id: ID!) { archiveComponent(id: $id) { component { archivedAt } userErrors { code } } }\n": typeof types.ArchiveDocument,
    "\n  query Seasonal($all: Boolean) { components(search: \"season\", includeArchived: $all) { nodes { key } } }\n": typeof types.SeasonalDocument,
    "\n  mutation RegisterForTest($input: RegisterComponentInput!) {\n    registerComponent(input: $input) { component { id } userErrors { message } }\n  }\n": typeof types.RegisterForTestDocument,
};
const documents: Documents = {
    "\n  fragment Definition on Component {\n    id key name description version triggers script { slug runtime version metadata } inputSchema\n    providerDependencies { key optional } retryPolicy { maxAttempts backoff initialDelaySeconds maxDelaySeconds }\n    timeoutSeconds archivedAt createdAt updatedAt versions { nodes { version script { slug } timeoutSeconds } }\n  }\n": types.DefinitionFragmentDoc,
    "\n  mutation Register($input: RegisterComponentInput!) {\n    registerComponent(input: $input) { component { ...Definition } userErrors { code message path } }\n  }\n": types.RegisterDocument,
    "\n  mutation Update($id: ID!, $input: UpdateComponentInput!) {\n    updateComponent(id: $id, input: $input) { component { ...Definition } userErrors { code message path } }\n  }\n": types.UpdateDocument,
    "\n  mutation Archive($id: ID!) { archiveComponent(id: $id) { component { archivedAt } userErrors { code } } }\n": types.ArchiveDocument,
    "\n  query Seasonal($all: Boolean) { components(search: \"season\", includeArchived: $all) { nodes { key } } }\n": types.SeasonalDocument,
    "\n  mutation RegisterForTest($input: RegisterComponentInput!) {\n    registerComponent(input: $input) { component { id } userErrors { message } }\n  }\n": types.RegisterForTestDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Definition on Component {\n    id key name description version triggers script { slug runtime version metadata } inputSchema\n    providerDependencies { key optional } retryPolicy { maxAttempts backoff initialDelaySeconds maxDelaySeconds }\n    timeoutSeconds archivedAt createdAt updatedAt versions { nodes { version script { slug } timeoutSeconds } }\n  }\n"): typeof import('./graphql.ts').DefinitionFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Register($input: RegisterComponentInput!) {\n    registerComponent(input: $input) { component { ...Definition } userErrors { code message path } }\n  }\n"): typeof import('./graphql.ts').RegisterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Update($id: ID!, $input: UpdateComponentInput!) {\n    updateComponent(id: $id, input: $input) { component { ...Definition } userErrors { code message path } }\n  }\n"): typeof import('./graphql.ts').UpdateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Archive($id: ID!) { archiveComponent(id: $id) { component { archivedAt } userErrors { code } } }\n"): typeof import('./graphql.ts').ArchiveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Seasonal($all: Boolean) { components(search: \"season\", includeArchived: $all) { nodes { key } } }\n"): typeof import('./graphql.ts').SeasonalDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RegisterForTest($input: RegisterComponentInput!) {\n    registerComponent(input: $input) { component { id } userErrors { message } }\n  }\n"): typeof import('./graphql.ts').RegisterForTestDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
