import { createApiKey } from '../../src/identity/keys/api-keys.ts';
import { type CreatePrincipalInput, createPrincipal } from '../../src/identity/keys/principals.ts';
import { OPEN_PRINCIPAL } from '../../src/identity/principal.ts';
import type { Database } from '../../src/postgres/database.ts';
import type { TestApp } from './app.ts';

export type TestKey = { principalId: string; id: string; key: string };

/** Creates a principal with a key, as `npm run key -- create` does. */
export async function createKey(db: Database, given: Partial<CreatePrincipalInput> = {}): Promise<TestKey> {
  const principal = await createPrincipal(db.pool, OPEN_PRINCIPAL, {
    name: 'test',
    roles: ['ADMIN'],
    ...given,
  });
  if (!principal.ok) throw new Error(principal.userErrors[0]!.message);
  return addKey(db, principal.value.id);
}

export async function addKey(db: Database, principalId: string, expiresAt?: Date): Promise<TestKey> {
  const created = await createApiKey(db.pool, OPEN_PRINCIPAL, 'live', { principalId, expiresAt });
  if (!created.ok) throw new Error(created.userErrors[0]!.message);
  return { principalId, ...created.value };
}

/** POSTs an operation with these headers; answers with the whole response. */
export async function post(app: TestApp, headers: Record<string, string>, query: string, variables?: object) {
  const response = await fetch(app.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

export const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
