import { ServiceError } from '../errors.ts';
import { isRawNumber, numberText } from '../json/number.ts';

/**
 * The JSON that one operation, or one result of a subscription, may return. Nothing else limits it: a field may be
 * selected under many aliases. It is weighed by the time that writing it takes.
 */
export class JsonBudget {
  #left = WEIGHT_AT_MOST;

  /**
   * Takes a value from the budget, and returns its weight.
   * @throws ServiceError BAD_REQUEST when the operation has returned too much
   */
  take(value: unknown): number {
    const weight = this.#left < 0 ? 0 : weightOf(value, this.#left);
    this.#left -= weight;
    if (this.#left < 0) throw new ServiceError('BAD_REQUEST', TOO_MUCH);
    return weight;
  }
}

/** A value weighs 16, and a text as much as its length besides. */
const WEIGHT_AT_MOST = 16 * 1024 * 1024;
const VALUE_WEIGHT = 16;

const TOO_MUCH =
  'The operation returns too much JSON at once: 16 MiB, where each value counts as 16 bytes more. Request fewer objects, or fewer fields with JSON.';

/** Stops soon above `most`. */
function weightOf(value: unknown, most: number): number {
  let weight = 0;
  const open = [value];
  while (open.length > 0 && weight <= most) {
    const one = open.pop();
    weight += VALUE_WEIGHT;
    if (typeof one === 'string') weight += one.length;
    else if (typeof one !== 'object' || one === null) continue;
    else if (Array.isArray(one)) for (const item of one) open.push(item);
    else if (isRawNumber(one)) weight += numberText(one).length;
    else
      for (const key in one) {
        weight += key.length;
        open.push((one as Record<string, unknown>)[key]);
      }
  }
  return weight;
}
