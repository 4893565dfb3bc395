/** Starts a session with an API key. Returns null, or the reason why it is not possible. */
export async function signInWithKey(key: string): Promise<string | null> {
  const response = await post('/auth/session', { key: key.trim() });
  if (!response) return 'The service cannot be reached. Try again.';
  if (response.ok) return null;
  const body: { error?: string } | null = await response.json().catch(() => null);
  return body?.error ?? `The service responded with status ${response.status}.`;
}

/** Ends the session of this browser. Returns where to go next: to the identity provider, which ends its own session. */
export async function signOut(): Promise<string> {
  const response = await post('/auth/sign-out', {});
  const body: { location?: string | null } | null = (await response?.json().catch(() => null)) ?? null;
  return body?.location ?? '/';
}

/** Whether people can sign in by an identity provider. Without one the route is not found. */
export async function hasProvider(): Promise<boolean> {
  const response = await fetch('/auth/sign-in', { redirect: 'manual' }).catch(() => null);
  return response?.type === 'opaqueredirect';
}

const post = (path: string, body: object) =>
  fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
