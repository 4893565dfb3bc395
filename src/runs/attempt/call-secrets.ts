import { secretNames } from '../../script-request/bindings/binding-model.ts';
import { markedVersions } from '../../script-request/secret-marks.ts';
import { type EncryptedSecret, UnreadableSecretError } from '../../secrets/encryption.ts';
import type { SecretStore } from '../../secrets/secret-store.ts';
import { type RunError, runError } from '../model/run-error.ts';
import type { ClaimedRun } from './claim.ts';

/** The named secrets of a call, with their values. */
export type CallSecrets = { byId: ReadonlyMap<string, string>; byName: ReadonlyMap<string, string> };

/**
 * Reads the versions of named secrets that a call sends: those of its stored request if it is a repeat, the current
 * ones otherwise.
 */
export function readCallSecrets(
  store: SecretStore,
  { frozenRequest, bindingSnapshot }: ClaimedRun,
): Promise<EncryptedSecret[]> {
  return frozenRequest === null
    ? store.current(secretNames(bindingSnapshot))
    : store.versions(markedVersions(frozenRequest));
}

/** The values of these versions, or the error of a call that cannot be made without them. */
export function callSecrets(
  store: SecretStore,
  versions: readonly EncryptedSecret[],
  frozenRequest: string | null,
): CallSecrets | RunError {
  if (versions.length < markedVersions(frozenRequest ?? '').length) {
    return runError('SECRET_UNAVAILABLE', DELETED);
  }
  try {
    const secrets = versions.map((version) => ({ ...version, value: store.decrypt(version) }));
    return {
      byId: new Map(secrets.map(({ id, value }) => [id, value])),
      byName: new Map(secrets.map(({ name, value }) => [name, value])),
    };
  } catch (error) {
    if (error instanceof UnreadableSecretError) return runError('SECRET_UNAVAILABLE', error.message);
    throw error;
  }
}

const DELETED =
  'An earlier call of this run, whose outcome is unknown, sent a secret that was deleted since, so the call cannot be repeated. Replay the run to send the current secret.';
