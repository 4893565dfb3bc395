import { randomKey } from '../parts/random-key.ts';
import { schemaIn } from './component-draft.ts';

/** Inputs that the author of a schema wrote, to show that it accepts or rejects them. */
export type Sample = {
  /** Identifies the sample on the page. */
  key: string;
  /** JSON text. */
  text: string;
  mustPass: boolean;
};

/** Whether the schema treats a sample as its author expects; null while that is not known. */
export type SampleState = { isAsExpected: boolean | null; text: string };

export const newSample = (inputs: object, mustPass: boolean): Sample => ({
  key: randomKey(),
  text: JSON.stringify(inputs, null, 2),
  mustPass,
});

/** The inputs of a sample; null while its text is not a JSON object. */
export const inputsOf = ({ text }: Sample) => schemaIn(text);

/** @param errors those that the service found; undefined while it did not check the sample, as with a faulty schema */
export function stateOf(sample: Sample, errors: readonly SampleError[] | undefined): SampleState {
  if (!inputsOf(sample)) return { isAsExpected: false, text: 'This is not a JSON object yet.' };
  if (!errors) return { isAsExpected: null, text: 'Not checked yet.' };
  const reasons = errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
  const isAsExpected = sample.mustPass === (errors.length === 0);
  if (sample.mustPass)
    return { isAsExpected, text: isAsExpected ? 'Passes, as it must.' : `Must pass, and fails: ${reasons}.` };
  return { isAsExpected, text: isAsExpected ? `Fails, as it must: ${reasons}.` : 'Must fail, and passes.' };
}

type SampleError = { path: string; message: string };
