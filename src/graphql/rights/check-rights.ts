import type { DocumentNode, GraphQLError, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Permission } from '../../identity/permission.ts';
import type { Principal } from '../../identity/principal.ts';
import { fragmentsOf } from '../execution/document-size.ts';
import { forbidden } from '../graphql-errors.ts';
import { type Need, neededRights } from './needed-rights.ts';
import { type Rule, typeRule } from './rights-table.ts';

/** The needs of each operation with any variables. */
const possible = new WeakMap<OperationDefinitionNode, readonly Need[]>();

/**
 * Returns the first field or filter of an operation that the principal may not use; undefined if it may use all. The
 * document must be valid, so that its fields and fragments exist.
 */
export function missingRight(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: { readonly [name: string]: unknown },
  principal: Principal,
): Need | undefined {
  const held = heldPermissions(principal);
  const lacks = ({ anyOf }: Need) => !holdsOne(held, anyOf);
  const needs = (known: typeof variables | null) =>
    neededRights(schema, fragmentsOf(document), operation, known);
  const most = possible.get(operation) ?? needs(null);
  possible.set(operation, most);
  return most.some(lacks) ? needs(variables).find(lacks) : undefined;
}

/** The error for an operation that its principal may not execute. Nothing of the operation is executed then. */
export function missingRightError({ field, anyOf, node }: Need): GraphQLError {
  const which = anyOf.length === 1 ? 'the permission' : 'one of the permissions';
  return forbidden(`${field} needs ${which} ${anyOf.join(', ')}, which this client does not have.`, node);
}

/** Whether the principal may read objects of this type. */
export function mayRead(principal: Principal, type: string): boolean {
  return allows(heldPermissions(principal), typeRule(type));
}

const allows = (held: ReadonlySet<Permission>, rule: Rule): boolean =>
  rule.every((anyOf) => holdsOne(held, anyOf));

/** The permissions of a principal. One with a scope reads the status and the events of its runs, and nothing else. */
function heldPermissions({ permissions, scope }: Principal): ReadonlySet<Permission> {
  return scope === null ? permissions : permissions.intersection(OF_SCOPE);
}

const OF_SCOPE: ReadonlySet<Permission> = new Set(['READ_RUNS', 'READ_OWN_RUNS']);

const holdsOne = (held: ReadonlySet<Permission>, anyOf: readonly Permission[]): boolean =>
  anyOf.some((permission) => held.has(permission));
