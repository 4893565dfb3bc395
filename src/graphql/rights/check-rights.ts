import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Permission } from '../../identity/permission.ts';
import type { Principal } from '../../identity/principal.ts';
import { fragmentsOf } from '../execution/document-size.ts';
import { forbidden } from '../graphql-errors.ts';
import { type Need, neededRights } from './needed-rights.ts';
import { type Rule, typeRule } from './rights-table.ts';

/** The needs of each operation with any variables. */
const possible = new WeakMap<OperationDefinitionNode, readonly Need[]>();

/**
 * Rejects an operation with a field, or a filter, that the principal may not use. Nothing of the operation is executed
 * then. The document must be valid, so that its fields and fragments exist.
 * @throws GraphQLError FORBIDDEN that names the field and the missing permission
 */
export function checkRights(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: { readonly [name: string]: unknown },
  principal: Principal,
): void {
  const held = heldPermissions(principal);
  const lacks = ({ anyOf }: Need) => !holdsOne(held, anyOf);
  const needs = (known: typeof variables | null) =>
    neededRights(schema, fragmentsOf(document), operation, known);
  const most = possible.get(operation) ?? needs(null);
  possible.set(operation, most);
  if (!most.some(lacks)) return;
  const missing = needs(variables).find(lacks);
  if (missing) throw forbidden(sentence(missing), missing.node);
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

function sentence({ field, anyOf }: Need): string {
  const which = anyOf.length === 1 ? 'the permission' : 'one of the permissions';
  return `${field} needs ${which} ${anyOf.join(', ')}, which this client does not have.`;
}
