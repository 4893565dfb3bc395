import type { JsonObject } from '../../json/json.ts';
import { parseStoredJson } from '../../json/parse.ts';
import {
  type BuiltScriptRequest,
  buildScriptRequest,
  type JourneyScriptRequest,
} from '../../script-request/build.ts';
import { markedBody, maskedBody } from '../../script-request/secret-marks.ts';
import type { EncryptedSecret } from '../../secrets/encryption.ts';
import { type RunError, runError } from '../model/run-error.ts';
import { storedRequest } from '../model/stored-request.ts';
import type { ClaimedRun } from './claim.ts';
import type { ExecutableVersion } from './version-cache.ts';

/** A request to send and the form in which it is stored. `body` has marks in the places of named secrets. */
export type Prepared = { body: string; stored: string; bindings: JsonObject; error: RunError | null };

/** The request of an earlier call whose outcome is unknown, or one that is built now with these secrets. */
export const prepareRequest = async (
  run: ClaimedRun,
  version: ExecutableVersion,
  secrets: readonly EncryptedSecret[],
): Promise<Prepared> => frozen(run) ?? built(run, version, secrets);

/** The call is repeated with the same bytes, even if the product, the payload or a secret has changed since. */
function frozen({ frozenRequest: body, sources }: ClaimedRun): Prepared | null {
  if (body === null) return null;
  const { bindings } = parseStoredJson(maskedBody(body)) as JourneyScriptRequest;
  return { body, stored: storedRequest(body, sources), bindings, error: null };
}

async function built(
  run: ClaimedRun,
  version: ExecutableVersion,
  secrets: readonly EncryptedSecret[],
): Promise<Prepared> {
  const { product, attachment } = run;
  const names = new Set(secrets.map(({ name }) => name));
  const built = await buildScriptRequest({
    run,
    componentVersion: version,
    product,
    attachment,
    secrets: names,
  });
  const body = markedBody(built.request, secrets);
  return {
    body,
    stored: storedRequest(body, run.sources),
    bindings: built.request.bindings,
    error: inputsError(built),
  };
}

function inputsError({ missing, inputErrors, unchecked }: BuiltScriptRequest): RunError | null {
  if (missing.length > 0) {
    const message = `Required bindings found no value: ${missing.join(', ')}.`;
    return runError('BINDING_UNRESOLVED', message, { missing });
  }
  if (unchecked !== null) return runError('INPUT_UNCHECKED', unchecked);
  if (inputErrors.length > 0) {
    const message = "The inputs do not match the component's inputSchema.";
    return runError('INPUT_INVALID', message, { errors: inputErrors });
  }
  return null;
}
