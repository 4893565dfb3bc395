import type { JsonObject } from '../../json/json.ts';
import { type InputError, inputPointer } from '../input-schema.ts';
import { MASK } from './text-mask.ts';

/**
 * Checks inputs against a schema without revealing the secret ones. Errors at other inputs are those found with MASK
 * in each secret's place, so that no condition in the schema turns a secret into an error elsewhere. For a secret,
 * one sentence says that it does not fit. The broken keyword is not named, because a schema could be made to reveal
 * the secret by it.
 */
export function checkSecretInputs(
  check: (inputs: JsonObject) => InputError[],
  inputs: JsonObject,
  secretKeys: ReadonlySet<string>,
): InputError[] {
  const errors = check(inputs);
  const secrets = Object.keys(inputs).filter((key) => secretKeys.has(key));
  if (errors.length === 0 || secrets.length === 0) return errors;
  const pointers = new Set(secrets.map(inputPointer));
  const standIns = Object.fromEntries(secrets.map((key) => [key, MASK]));
  const open = check({ ...inputs, ...standIns }).filter(({ path }) => !pointers.has(inputOf(path)));
  const known = new Set(open.map(keyOf));
  const isNew = (error: InputError) => !known.has(keyOf(error));
  // Each secret is checked separately, so that its error reveals nothing about another's value.
  const fits = (key: string): boolean => {
    const own = inputPointer(key);
    const alone = secrets.length === 1 ? errors : check({ ...inputs, ...standIns, [key]: inputs[key]! });
    return !alone.some(
      (error) => inputOf(error.path) === own || (!pointers.has(inputOf(error.path)) && isNew(error)),
    );
  };
  const misfits = secrets.length > CHECKED_ALONE ? [] : secrets.filter((key) => !fits(key)).map(inputPointer);
  const isUnexplained = misfits.length === 0 && (open.length === 0 || secrets.length > CHECKED_ALONE);
  const paths = isUnexplained && errors.some(isNew) ? [''] : misfits;
  return [...open, ...paths.map((path) => ({ path, message: MISFIT }))];
}

const MISFIT = 'does not fit the inputSchema';
/** More secrets than this are checked together, because each check costs as much as the first. */
const CHECKED_ALONE = 10;

/** The pointer to the input that a path leads into. */
const inputOf = (path: string) => path.split('/', 2).join('/');
const keyOf = ({ path, message }: InputError) => `${path} ${message}`;
