import type { JsonObject } from '../../json/json.ts';
import { NOT_ALLOWED } from '../../json/schema/compile.ts';
import type { Binding } from '../bindings/binding-model.ts';
import { type InputError, inputPointer } from '../input-schema.ts';
import { isLiteralSecret } from './secrets.ts';
import { MASK } from './text-mask.ts';

/**
 * Checks inputs against a schema without revealing the secret ones. Errors at other inputs are those found with MASK
 * in each secret's place, so that no condition in the schema turns a secret into an error elsewhere. For a secret,
 * one sentence says that it does not fit. The broken keyword is not named, because a schema could be made to reveal
 * the secret by it. Named secrets have MASK in their place in `inputs` too, so the schema never sees them.
 */
export async function checkSecretInputs(
  checkAll: Check,
  inputs: JsonObject,
  bindings: readonly Binding[],
): Promise<InputError[]> {
  const check = withoutNamed(checkAll, bindings);
  const literal = new Set(bindings.filter(isLiteralSecret).map(({ inputKey }) => inputKey));
  const errors = await check(inputs);
  const secrets = Object.keys(inputs).filter((key) => literal.has(key));
  if (errors.length === 0 || secrets.length === 0) return errors;
  const pointers = new Set(secrets.map(inputPointer));
  const standIns = Object.fromEntries(secrets.map((key) => [key, MASK]));
  const masked = await check({ ...inputs, ...standIns });
  const open = masked.filter(({ path }) => !pointers.has(inputOf(path)));
  const known = new Set(open.map(keyOf));
  const isNew = (error: InputError) => !known.has(keyOf(error));
  // Each secret is checked separately, so that its error reveals nothing about another's value.
  const fits = async (key: string): Promise<boolean> => {
    const own = inputPointer(key);
    const alone =
      secrets.length === 1 ? errors : await check({ ...inputs, ...standIns, [key]: inputs[key]! });
    return !alone.some(
      (error) => inputOf(error.path) === own || (!pointers.has(inputOf(error.path)) && isNew(error)),
    );
  };
  const misfits: string[] = [];
  if (secrets.length <= CHECKED_ALONE)
    for (const key of secrets) if (!(await fits(key))) misfits.push(inputPointer(key));
  const isUnexplained = misfits.length === 0 && (open.length === 0 || secrets.length > CHECKED_ALONE);
  const paths = isUnexplained && errors.some(isNew) ? [''] : misfits;
  return [...open, ...paths.map((path) => ({ path, message: MISFIT }))];
}

type Check = (inputs: JsonObject) => Promise<InputError[]>;

/** Leaves out the errors at named secrets, whose values are unknown, unless the schema allows no such input. */
function withoutNamed(check: Check, bindings: readonly Binding[]): Check {
  const named = new Set(
    bindings.filter(({ kind }) => kind === 'secret').map(({ inputKey }) => inputPointer(inputKey)),
  );
  if (named.size === 0) return check;
  return async (inputs) =>
    (await check(inputs)).filter(({ path, message }) => !named.has(inputOf(path)) || message === NOT_ALLOWED);
}

const MISFIT = 'does not fit the inputSchema';
/** More secrets than this are checked together, because each check costs as much as the first. */
const CHECKED_ALONE = 10;

/** The pointer to the input that a path leads into. */
const inputOf = (path: string) => path.split('/', 2).join('/');
const keyOf = ({ path, message }: InputError) => `${path} ${message}`;
