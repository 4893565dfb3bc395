/** An error in the input of saveProduct or previewRun. */
export type InputMistake = { message: string; path: readonly string[] };

/** The messages of a form by the field that they belong to. */
export type FieldErrors = { [field: string]: string };

/**
 * The errors of a product by their place: `title`, `attributes`, `<step>`, `<step>.channels`, `<step>.<binding>.inputKey`,
 * `.value`, and `form` for those that belong to no field. A step and a binding are given by their keys on the page.
 */
export function fieldErrors(mistakes: readonly InputMistake[], steps: readonly StepKeys[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of mistakes) {
    const field = fieldOf(path, steps);
    errors[field] = errors[field] ? `${errors[field]} ${message}` : message;
  }
  return errors;
}

export type StepKeys = { key: string; bindings: readonly { key: string }[] };

function fieldOf(path: readonly string[], steps: readonly StepKeys[]): string {
  const [first, ...rest] = path[0] === 'input' || path[0] === 'product' ? path.slice(1) : path;
  if (first === 'title' || first === 'attributes') return first;
  if (first !== 'journeyComponents') return 'form';
  const step = steps[Number(rest[0])];
  return step ? stepField(rest.slice(1), step) : 'form';
}

/** The field of an error within one step, whose path begins in the attachment. */
export function stepField(path: readonly string[], step: StepKeys): string {
  const [part, index, ...rest] = path;
  if (part === 'channelEligibility') return `${step.key}.channels`;
  if (part !== 'bindings') return step.key;
  const binding = step.bindings[Number(index)];
  if (!binding) return step.key;
  return `${step.key}.${binding.key}.${rest.at(-1) === 'inputKey' ? 'inputKey' : 'value'}`;
}
